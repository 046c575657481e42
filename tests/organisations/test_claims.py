"""Records asked to be claimed by an organisation, and claimed by whom they are about."""

import re
from typing import Any

import pytest
from django.test import Client

from benchside.accounts.models import Invitation, User
from benchside.core.actions import Actor
from benchside.core.models import OutgoingMail
from benchside.organisations import staff_queries
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Employment, Organisation
from benchside.organisations.tasks import invite_technicians
from benchside.people.models import Profile, Technician
from tests.factories.organisations import a_member, an_organisation, bring_in
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, HEADER, OLU
from tests.organisations.lists import changed

pytestmark = pytest.mark.django_db
JOIN = {"name": "Edie", "password1": "a long enough sentence", "adult": "on"}
PAGE = "/org/northmoor/staff/claims/"


@pytest.fixture
def here() -> Organisation:
    """Edie and Olu with an address, Far without one."""
    organisation = an_organisation()
    steward = a_member(organisation, MemberRole.HR_STEWARD)
    far = changed(OLU, staff_no="1003", name="Far Away", work_e_mail="")
    bring_in(Actor.of(steward), organisation, [HEADER, EDIE, OLU, far])
    return organisation


@pytest.fixture
def steward(here: Organisation) -> Client:
    client = Client()
    client.force_login(here.memberships.get(role=MemberRole.HR_STEWARD).user)
    return client


def of(name: str) -> Employment:
    return Employment.objects.get(technician__name=name)


def ask(steward: Client, name: str) -> str:
    """Write to one; gives the path in the letter."""
    steward.post(PAGE, {"do": f"invite:{of(name).pk}"})
    return link_in(OutgoingMail.objects.latest("pk").text)


def link_in(text: str) -> str:
    found = re.search(r"https?://[^/\s]+(/accounts/join/\S+)", text)
    assert found
    return found[1]


def counts(organisation: Organisation) -> dict[str, int]:
    return {key: people for key, _, people in staff_queries.claim_counts(organisation) if people}


def test_a_letter_makes_an_account_and_gives_the_record(
    here: Organisation, steward: Client, client: Client
) -> None:
    path = ask(steward, "Edie Made-Up")
    letter = OutgoingMail.objects.latest("pk")
    assert letter.to == ["edie@benchside.example"]
    assert "your own record as a technician at Northmoor" in letter.text
    assert counts(here) == {"asked": 1, "not-asked": 1, "no-address": 1}
    answer = client.post(path, JOIN)
    assert answer["Location"] == "/my/profile/"
    edie = Technician.objects.get(name="Edie Made-Up")
    assert edie.account is not None
    assert edie.profile.is_shown is False
    assert counts(here) == {"claimed": 1, "not-asked": 1, "no-address": 1}


def test_whoever_says_no_is_not_asked_again(
    here: Organisation, steward: Client, client: Client
) -> None:
    path = ask(steward, "Edie Made-Up")
    client.post(f"{path}decline/")
    assert counts(here) == {"declined": 1, "not-asked": 1, "no-address": 1}
    invite_technicians.func(here.pk, here.memberships.get(role=MemberRole.HR_STEWARD).user_id)
    assert set(Invitation.objects.values_list("email", flat=True)) == {
        "edie@benchside.example",
        "olu@benchside.example",
    }
    assert counts(here) == {"declined": 1, "asked": 1, "no-address": 1}


def test_all_are_asked_once_however_often_the_task_runs(here: Organisation) -> None:
    sender = here.memberships.get(role=MemberRole.HR_STEWARD).user_id
    for _ in range(3):
        invite_technicians.func(here.pk, sender)
    assert Invitation.objects.count() == 2


def test_a_letter_taken_back_opens_nothing(steward: Client, client: Client) -> None:
    path = ask(steward, "Edie Made-Up")
    claim = Technician.objects.get(name="Edie Made-Up").claims.get()
    steward.post(PAGE, {"do": f"revoke:{claim.pk}"})
    assert client.get(path).status_code == 410
    assert not Profile.objects.exists()


def test_the_letter_of_one_is_no_use_to_another(steward: Client, client: Client) -> None:
    path = ask(steward, "Edie Made-Up")
    client.force_login(person("mallory@example.org"))
    client.post(path, {"accept": "yes"})
    assert Technician.objects.get(name="Edie Made-Up").account is None


def test_a_proven_address_is_offered_its_record_and_no_other_is(client: Client, here: Any) -> None:
    edie, olu = of("Edie Made-Up").technician, of("Olu Notreal").technician
    client.force_login(person("edie@benchside.example"))
    assert "Edie Made-Up" in client.get("/my/").content.decode()
    assert client.post("/my/record/", {"record": olu.pk}).status_code == 404
    client.post("/my/record/", {"record": edie.pk})
    edie.refresh_from_db()
    olu.refresh_from_db()
    assert edie.account.email == "edie@benchside.example"
    assert olu.account is None


def test_an_address_nobody_has_proven_is_offered_nothing(client: Client, here: Any) -> None:
    client.force_login(person("edie@benchside.example", verified=False))
    assert "Edie Made-Up" not in client.get("/my/").content.decode()
    edie = of("Edie Made-Up").technician
    assert client.post("/my/record/", {"record": edie.pk}).status_code == 404


def test_somebody_two_organisations_know_has_one_record(client: Client, here: Any) -> None:
    other = an_organisation("southmoor")
    bring_in(Actor.of(a_member(other, MemberRole.HR_STEWARD)), other, [HEADER, EDIE])
    both = Technician.objects.filter(work_email="edie@benchside.example")
    assert both.count() == 2
    edie = person("edie@benchside.example")
    client.force_login(edie)
    for one in list(both):
        client.post("/my/record/", {"record": one.pk})
    mine = Technician.objects.get(account=edie)
    assert mine.employments.count() == 2
    assert both.all().count() == 1


def test_twice_on_one_list_is_for_its_lead_to_mend(client: Client, here: Organisation) -> None:
    twin = changed(EDIE, staff_no="1099", dob="07/07/1977")
    steward = here.memberships.get(role=MemberRole.HR_STEWARD).user
    bring_in(Actor.of(steward), here, [HEADER, EDIE, OLU, twin])
    client.force_login(person("edie@benchside.example"))
    first, second = Technician.objects.filter(work_email="edie@benchside.example")
    client.post("/my/record/", {"record": first.pk})
    told = client.post("/my/record/", {"record": second.pk}, follow=True).content.decode()
    assert "on its list twice" in told
    second.refresh_from_db()
    assert second.account is None


def test_what_the_person_calls_themselves_stays_when_a_newer_list_comes(
    client: Client, here: Organisation
) -> None:
    client.force_login(person("edie@benchside.example"))
    client.post("/my/record/", {"record": of("Edie Made-Up").technician.pk})
    client.post("/my/profile/", {"name": "Edie M."})
    steward = here.memberships.get(role=MemberRole.HR_STEWARD).user
    bring_in(Actor.of(steward), here, [HEADER, changed(EDIE, name="EDIE X"), OLU])
    assert Technician.objects.get(account__email="edie@benchside.example").name == "Edie M."


@pytest.mark.parametrize("do", ["", "invite:", "invite:999999", "resend:1", "wizard:1", "revoke:x"])
def test_nonsense_sends_nothing(steward: Client, do: str) -> None:
    assert steward.post(PAGE, {"do": do}).status_code in {302, 404}
    assert not Invitation.objects.exists()


def test_others_cannot_write_to_these_technicians(here: Organisation) -> None:
    other = an_organisation("southmoor")
    lead = Client()
    lead.force_login(a_member(other))
    assert lead.post(PAGE, {"do": "all"}).status_code == 404
    theirs = f"/org/southmoor/staff/claims/?do=invite:{of('Edie Made-Up').pk}"
    assert lead.post(theirs, {"do": f"invite:{of('Edie Made-Up').pk}"}).status_code == 404
    champion = Client()
    champion.force_login(a_member(here, MemberRole.CHAMPION))
    assert champion.post(PAGE, {"do": "all"}).status_code == 403
    assert not Invitation.objects.exists()


def test_the_list_is_filtered_by_how_it_stands(steward: Client) -> None:
    page = steward.get(PAGE, {"state": "no-address"}).context["page"]
    assert [one.technician.name for one in page] == ["Far Away"]
    assert User.objects.count() == 2
