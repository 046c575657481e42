"""Asking somebody to take a role: who may, what fits, and every way an invitation can end."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from benchside.accounts.enums import InvitationState
from benchside.accounts.models import Invitation, User
from benchside.core.actions import VISITOR, Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.organisations import actions
from benchside.organisations.enums import MemberRole, OrganisationState
from benchside.organisations.models import Membership, Organisation, RoleInvitation, Unit
from tests.factories.organisations import a_member, a_unit, an_organisation
from tests.factories.people import PASSWORD, person, sign_in

pytestmark = pytest.mark.django_db
PAGE = "/org/northmoor/invitations/"


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def lena(here: Organisation) -> User:
    return a_member(here, MemberRole.LEAD, "lena")


@pytest.fixture
def dev(here: Organisation) -> User:
    return a_member(here, MemberRole.DEPUTY, "dev")


def invite(
    sender: User,
    here: Organisation,
    role: str = MemberRole.DEPUTY,
    email: str = "nia@example.org",
    unit: Unit | None = None,
) -> RoleInvitation:
    return actions.invite(
        actor=Actor.of(sender),
        sender=sender,
        organisation=here,
        email=email,
        role=role,
        unit=unit,
    )


def link() -> str:
    """The address in the letter sent last, as its reader would press it."""
    found = re.search(
        r"https?://[^/\s]+(/accounts/join/\S+)", OutgoingMail.objects.latest("pk").text
    )
    assert found
    return found[1]


def roles_now(user: User) -> set[str]:
    return set(Membership.objects.live().filter(user=user).values_list("role", flat=True))


# --- who may ask whom ---------------------------------------------------------------------------
def test_the_letter_says_who_asks_for_what(here: Organisation, lena: User) -> None:
    invite(lena, here, MemberRole.CHAMPION, unit=a_unit(here, "Glass workshop"))
    letter = OutgoingMail.objects.get()
    assert letter.to == ["nia@example.org"]
    assert "Lena" in letter.text
    assert "unit champion for Glass workshop at Northmoor" in letter.text


def test_only_a_lead_asks_for_a_lead(here: Organisation, lena: User, dev: User) -> None:
    with pytest.raises(Denied):
        invite(dev, here, MemberRole.LEAD)
    assert not Invitation.objects.exists()
    asked = invite(lena, here, MemberRole.LEAD)
    for act in (actions.resend, actions.revoke):
        with pytest.raises(Denied):
            act(actor=Actor.of(dev), asked=asked)
    invite(dev, here, MemberRole.SIGNER)


def test_who_may_not_ask(here: Organisation, lena: User) -> None:
    stranger = a_member(an_organisation("southmoor"))
    asked = invite(lena, here)
    members = [a_member(here, role) for role in MemberRole if role not in {"lead", "deputy"}]
    for user in (*members, stranger):
        with pytest.raises(Denied):
            invite(user, here, email="other@example.org")
        with pytest.raises(Denied):
            actions.revoke(actor=Actor.of(user), asked=asked)
    with pytest.raises(Denied):
        actions.resend(actor=VISITOR, asked=asked)


@pytest.mark.parametrize("role", [MemberRole.CHAMPION, MemberRole.MANAGER])
def test_a_role_of_a_unit_needs_one_of_this_organisation(
    here: Organisation, lena: User, role: str
) -> None:
    closed = a_unit(here, "Closed")
    closed.closed_on = timezone.localdate()
    closed.save()
    elsewhere = a_unit(an_organisation("southmoor"), "Physics")
    for unit in (None, closed, elsewhere):
        with pytest.raises(Refused):
            invite(lena, here, role, unit=unit)
    with pytest.raises(Refused, match="Leave the unit out"):
        invite(lena, here, MemberRole.SIGNER, unit=a_unit(here, "Chemistry"))
    assert not RoleInvitation.objects.exists()


def test_nobody_is_asked_twice_for_one_role(here: Organisation, lena: User, dev: User) -> None:
    with pytest.raises(Refused, match="holds that role already"):
        invite(lena, here, email=dev.email.upper())
    invite(lena, here)
    with pytest.raises(Refused):
        invite(lena, here, email="NIA@example.org")
    invite(lena, here, MemberRole.SIGNER)
    assert RoleInvitation.objects.count() == 2


# --- how it ends --------------------------------------------------------------------------------
def test_somebody_with_an_account_takes_the_role_up(
    client: Client, here: Organisation, lena: User
) -> None:
    nia = person("nia@example.org")
    invite(lena, here)
    sign_in(client, nia)
    page = client.get(link(), follow=True)
    assert "deputy lead" in page.content.decode()
    assert roles_now(nia) == set()
    accepted = client.post(page.request["PATH_INFO"], {"answer": "accept"}, follow=True)
    assert roles_now(nia) == {"deputy"}
    assert accepted.request["PATH_INFO"] == "/org/northmoor/"


def test_a_link_works_once_and_for_its_address_alone(
    client: Client, here: Organisation, lena: User
) -> None:
    nia, max_ = person("nia@example.org"), person("max@example.org")
    invite(lena, here)
    pressed = link()
    sign_in(client, max_)
    client.post(pressed, {"answer": "accept"})
    assert roles_now(max_) == set()
    other = Client()
    sign_in(other, nia)
    other.post(pressed, {"answer": "accept"})
    assert roles_now(nia) == {"deputy"}
    assert other.get(pressed).status_code == 410


def test_somebody_without_an_account_makes_one_on_the_way(
    client: Client, here: Organisation, lena: User
) -> None:
    invite(lena, here, MemberRole.HR_STEWARD)
    page = client.get(link())
    assert b"HR steward at Northmoor" in page.content
    form = {"name": "Nia Example", "password1": PASSWORD, "adult": "on"}
    short = client.post(link(), {**form, "password1": "short"})
    assert b'value="Nia Example"' in short.content
    done = client.post(link(), form, follow=True)
    assert done.request["PATH_INFO"] == "/org/northmoor/"
    nia = User.objects.get(email="nia@example.org")
    assert roles_now(nia) == {"hr-steward"}


def test_a_no_is_seen_by_whoever_asked(client: Client, here: Organisation, lena: User) -> None:
    asked = invite(lena, here)
    pressed = link()
    assert client.post(f"{pressed}decline/").status_code == 200
    assert client.get(pressed).status_code == 410
    sign_in(client, lena)
    page = client.get(PAGE).content.decode()
    assert "Declined" in page
    assert f"{asked.pk}/resend/" not in page
    # The same may be asked again.
    invite(lena, here)


def test_taken_back_sent_again_run_out(client: Client, here: Organisation, lena: User) -> None:
    sign_in(client, person("nia@example.org"))
    asked = invite(lena, here)
    first = link()
    actions.resend(actor=Actor.of(lena), asked=asked)
    second = link()
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    long_ago = timezone.now() - timedelta(days=15)
    Invitation.objects.update(created_at=long_ago, expires_at=timezone.now() - timedelta(minutes=1))
    assert client.get(second).status_code == 410
    actions.resend(actor=Actor.of(lena), asked=asked)
    third = link()
    assert client.get(third).status_code == 200
    actions.revoke(actor=Actor.of(lena), asked=asked)
    assert client.get(third).status_code == 410
    with pytest.raises(Refused):
        actions.revoke(actor=Actor.of(lena), asked=asked)


def test_what_closed_meanwhile_is_not_taken_up(
    client: Client, here: Organisation, lena: User
) -> None:
    nia = person("nia@example.org")
    unit = a_unit(here, "Glass workshop")
    invite(lena, here, MemberRole.CHAMPION, unit=unit)
    Unit.objects.update(closed_on=timezone.localdate())
    sign_in(client, nia)
    answer = client.post(link(), {"answer": "accept"}, follow=True)
    assert "has closed what you were invited to" in answer.content.decode()
    assert roles_now(nia) == set()
    assert Invitation.objects.get().state == InvitationState.OPEN


# --- the page -----------------------------------------------------------------------------------
def test_inviting_on_the_page(client: Client, here: Organisation, lena: User) -> None:
    unit = a_unit(here, "Chemistry")
    sign_in(client, lena)
    wrong = client.post(PAGE, {"email": "nia@example", "role": "manager", "unit": unit.pk})
    assert wrong.status_code == 422
    assert b'value="nia@example"' in wrong.content
    assert b"Type an address such as" in wrong.content
    whole = client.post(PAGE, {"email": "nia@example.org", "role": "manager", "unit": "none"})
    assert b"Choose the unit" in whole.content
    sent = client.post(
        PAGE, {"email": "nia@example.org", "role": "manager", "unit": unit.pk}, follow=True
    )
    assert b"is on its way" in sent.content
    assert RoleInvitation.objects.get().unit == unit


@pytest.mark.parametrize(
    "form",
    [
        {"email": "a@example.org\nBcc: all@example.org", "role": "deputy"},
        {"email": "a@example.org", "role": "administrator"},
        {"email": "a@example.org", "role": "manager", "unit": "99999"},
        {"email": "a@example.org", "role": "manager", "unit": "1 OR 1=1"},
        {"email": "x" * 300 + "@example.org", "role": "deputy"},
    ],
)
def test_hostile_forms_send_nothing(
    client: Client, here: Organisation, lena: User, form: dict[str, Any]
) -> None:
    sign_in(client, lena)
    assert client.post(PAGE, {"unit": "none", **form}).status_code == 422
    assert not OutgoingMail.objects.exists()


def test_a_deputy_is_offered_no_lead(client: Client, here: Organisation, dev: User) -> None:
    sign_in(client, dev)
    page = client.get(PAGE).content.decode()
    assert 'value="lead"' not in page
    assert client.post(PAGE, {"email": "a@example.org", "role": "lead"}).status_code == 422


def test_another_organisations_unit_and_invitation_are_nowhere(
    client: Client, here: Organisation, lena: User
) -> None:
    asked = invite(lena, here)
    there = an_organisation("southmoor")
    sign_in(client, a_member(there))
    for verb in ("resend", "revoke"):
        assert client.post(f"{PAGE}{asked.pk}/{verb}/").status_code == 404
        assert client.post(f"/org/southmoor/invitations/{asked.pk}/{verb}/").status_code == 404
    form = {"email": "a@example.org", "role": "manager", "unit": a_unit(here, "Chemistry").pk}
    assert client.post("/org/southmoor/invitations/", form).status_code == 422
    assert Invitation.objects.get().state == InvitationState.OPEN


def test_a_closed_organisation_invites_nobody(here: Organisation, lena: User) -> None:
    Organisation.objects.update(state=OrganisationState.CLOSED, closed_at=timezone.now())
    with pytest.raises(Denied):
        invite(lena, here)


def test_the_page_asks_the_database_as_often_for_sixty(
    client: Client, here: Organisation, lena: User, django_assert_max_num_queries: Any
) -> None:
    sign_in(client, lena)
    client.get(PAGE)  # what is asked once a process is asked now
    counted = []
    for most in (2, 60):
        for number in range(RoleInvitation.objects.count(), most):
            invite(lena, here, email=f"p{number}@example.org")
        with django_assert_max_num_queries(25) as asked:
            assert client.get(PAGE).status_code == 200
        counted.append(len(asked))
    assert counted[0] == counted[1]
