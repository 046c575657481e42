"""Technicians asked to claim their records: who asks, who may claim, who says no."""

import re
from typing import Any

import pytest
from django.test import Client

from benchside.accounts import actions as accounts
from benchside.accounts.enums import InvitationState
from benchside.accounts.models import Invitation, User
from benchside.accounts.queries import invitations_seen_by
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.core.personal_data import erase_person
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment, Organisation
from benchside.people import actions as people
from benchside.people.models import ClaimInvitation, Profile, Technician
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import person
from tests.organisations.test_staff_pages import signed_in, work_off

pytestmark = pytest.mark.django_db
CLAIMS = "/org/northmoor/staff/claims/"
NEW = {"name": "Edie Made-Up", "password1": "long and made up 7", "adult": "on"}


def known(organisation: Organisation, local: str = "edie", **fields: Any) -> Employment:
    """Somebody on the staff list, unclaimed."""
    address = fields.pop("work_email", f"{local}@benchside.example")
    technician = Technician.objects.create(name=f"{local.title()} Made-Up", work_email=address)
    return Employment.objects.create(organisation=organisation, technician=technician, **fields)


@pytest.fixture
def here() -> Organisation:
    return an_organisation()


@pytest.fixture
def steward(here: Organisation) -> Client:
    return signed_in(a_member(here, MemberRole.HR_STEWARD))


def letters() -> dict[str, str]:
    """By address, the link of the newest letter to it."""
    found = {}
    for mail in OutgoingMail.objects.filter(name="people/claim").order_by("pk"):
        link = re.search(r"/accounts/join/[^/\s]+/", mail.text)
        assert link is not None
        found[mail.to[0]] = link[0]
    return found


def ask(steward: Client, one: Employment) -> str:
    steward.post(CLAIMS, {"do": f"invite:{one.pk}"})
    return letters()[one.technician.work_email]


# --- asking --------------------------------------------------------------------------------------
def test_all_with_an_address_are_written_to_once(here: Organisation, steward: Client) -> None:
    known(here)
    known(here, "olu")
    known(here, "kai", work_email="")
    known(here, "gone", left_on="2026-01-01")
    known(an_organisation("southmoor"), "other")
    steward.post(CLAIMS, {"do": "all"})
    work_off()
    assert set(letters()) == {"edie@benchside.example", "olu@benchside.example"}
    steward.post(CLAIMS, {"do": "all"})
    work_off()
    assert Invitation.objects.count() == 2
    page = steward.get(CLAIMS + "?state=no-address").content.decode()
    assert "Kai Made-Up" in page
    assert "Edie Made-Up" not in page


def test_the_letter_says_what_is_held_who_sees_it_and_how_to_say_no(
    here: Organisation, steward: Client
) -> None:
    ask(steward, known(here))
    letter = OutgoingMail.objects.get(name="people/claim")
    for words in ("What is held", "Who sees it now", "Northmoor", "rather be left out"):
        assert words in letter.text


def test_sent_again_the_first_link_is_dead_and_taken_back_so_is_the_second(
    here: Organisation, steward: Client, client: Client
) -> None:
    first = ask(steward, known(here))
    asked = ClaimInvitation.objects.get()
    steward.post(CLAIMS, {"do": f"resend:{asked.pk}"})
    second = letters()["edie@benchside.example"]
    assert client.get(first).status_code == 410
    assert client.get(second).status_code == 200
    steward.post(CLAIMS, {"do": f"revoke:{asked.pk}"})
    assert client.get(second).status_code == 410


def test_letters_of_another_organisation_are_not_there(here: Organisation, steward: Client) -> None:
    there = an_organisation("southmoor")
    other = signed_in(a_member(there, MemberRole.LEAD))
    one = known(here)
    ask(steward, one)
    asked = ClaimInvitation.objects.get()
    for do in (f"invite:{one.pk}", f"resend:{asked.pk}", f"revoke:{asked.pk}"):
        assert other.post("/org/southmoor/staff/claims/", {"do": do}).status_code == 404
        assert other.post(CLAIMS, {"do": do}).status_code == 404
    asked.invitation.refresh_from_db()
    assert asked.invitation.state == InvitationState.OPEN


@pytest.mark.parametrize("do", ["", "invite", "invite:", "invite:x", "invite:٣", "erase:1"])
def test_what_is_no_button_does_nothing(here: Organisation, steward: Client, do: str) -> None:
    known(here)
    assert steward.post(CLAIMS, {"do": do}).status_code in (302, 404)
    assert not Invitation.objects.exists()


def test_only_the_organisation_sends_and_sees_such_letters(
    here: Organisation, steward: Client
) -> None:
    """Not the page of plain invitations, whoever opens it: it would list work addresses."""
    ask(steward, known(here))
    admin = person("ada@example.org", is_superuser=True, is_staff=True)
    with pytest.raises(Denied):
        accounts.invite(actor=Actor.of(admin), sender=admin, email="x@example.org", purpose="claim")
    assert not invitations_seen_by(admin).exists()


# --- claiming ------------------------------------------------------------------------------------
def test_whoever_opens_the_letter_makes_an_account_and_has_the_record(
    here: Organisation, steward: Client, client: Client
) -> None:
    link = ask(steward, known(here))
    page = client.get(link).content.decode()
    assert "What is held" in page
    assert "This is not me" in page
    answer = client.post(link, NEW)
    assert answer["Location"] == "/my/profile/"
    technician = Technician.objects.get()
    assert technician.account == User.objects.get(email="edie@benchside.example")
    assert technician.profile.is_shown is False
    assert "Claimed" in steward.get(CLAIMS).content.decode()
    assert client.get(link).status_code == 410


def test_another_account_cannot_take_it(here: Organisation, steward: Client) -> None:
    link = ask(steward, known(here))
    thief = signed_in(person("thief@benchside.example"))
    page = thief.post(link, NEW).content.decode()
    assert "thief@benchside.example" in page
    assert not Technician.objects.claimed().exists()
    assert not Profile.objects.exists()


def test_an_address_that_is_not_proven_claims_nothing(here: Organisation) -> None:
    one = known(here).technician
    user = person("edie@benchside.example", verified=False)
    mine = signed_in(user)
    assert "Is this you?" not in mine.get("/my/record/").content.decode()
    assert mine.post("/my/record/", {"record": one.pk}).status_code == 404
    with pytest.raises(Denied):
        people.claim_by_address(actor=Actor.of(user), user=user, technician=one)


def test_a_proven_address_is_offered_the_record_however_it_is_written(here: Organisation) -> None:
    one = known(here, work_email="Edie@Benchside.example").technician
    mine = signed_in(person("edie@benchside.example"))
    assert "Is this you?" in mine.get("/my/record/").content.decode()
    assert mine.post("/my/record/", {"record": one.pk})["Location"] == "/my/profile/"
    one.refresh_from_db()
    assert one.is_claimed


def test_a_record_begun_alone_takes_in_the_one_of_the_list(here: Organisation) -> None:
    user = person("edie@benchside.example")
    mine = people.begin_record(actor=Actor.of(user), user=user)
    one = known(here)
    people.claim_by_address(actor=Actor.of(user), user=user, technician=one.technician)
    one.refresh_from_db()
    assert one.technician == mine
    assert Technician.objects.count() == 1


def test_claimed_once_it_is_nobody_elses(here: Organisation, steward: Client) -> None:
    link = ask(steward, known(here))
    user = person("edie@benchside.example")
    technician = Technician.objects.get()
    people.claim_by_address(actor=Actor.of(user), user=user, technician=technician)
    asked = ClaimInvitation.objects.get()
    olu = Actor.holding_link(
        scope=f"claim:{asked.pk}", person_id=person("olu@example.org").person_id
    )
    with pytest.raises(Refused, match="claimed this record already"):
        people.take_up_record(actor=olu, asked=asked)
    assert signed_in(user).post(link)["Location"] == "/my/profile/"
    technician.refresh_from_db()
    assert technician.account == user


# --- saying no -----------------------------------------------------------------------------------
def test_left_out_means_not_asked_again(
    here: Organisation, steward: Client, client: Client
) -> None:
    one = known(here)
    link = ask(steward, one)
    assert client.post(link + "decline/", {"answer": "leave-out"}).status_code == 200
    assert "left out" in steward.get(CLAIMS).content.decode()
    steward.post(CLAIMS, {"do": "all"})
    steward.post(CLAIMS, {"do": f"invite:{one.pk}"})
    work_off()
    assert Invitation.objects.count() == 1


def test_not_me_may_be_asked_again_once_the_address_is_right(
    here: Organisation, steward: Client, client: Client
) -> None:
    one = known(here)
    client.post(ask(steward, one) + "decline/", {"answer": "not-me"})
    assert "came to somebody else" in steward.get(CLAIMS).content.decode()
    one.technician.work_email = "edie.m@benchside.example"
    one.technician.save()
    assert client.get(ask(steward, one)).status_code == 200


def test_an_answer_nobody_offered_is_a_plain_no(
    here: Organisation, steward: Client, client: Client
) -> None:
    client.post(ask(steward, known(here)) + "decline/", {"answer": "<script>"})
    assert ClaimInvitation.objects.get().answer == ""
    assert Invitation.objects.get().state == InvitationState.DECLINED


# --- forgetting ----------------------------------------------------------------------------------
def test_erasing_takes_the_letters_too_and_the_history_holds(
    here: Organisation, steward: Client, client: Client
) -> None:
    client.post(ask(steward, known(here)), NEW)
    erase_person(User.objects.get(email="edie@benchside.example").person_id)
    assert not ClaimInvitation.objects.exists()
    assert not Invitation.objects.filter(email__startswith="edie").exists()
    assert AuditEvent.objects.filter(verb="record.claim").exists()
    assert Employment.objects.count() == 1
