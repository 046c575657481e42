"""The lists of the desk of CPD hold no more than the page of a case gives to the same reader."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.models import Award
from benchside.core.actions import Actor
from benchside.organisations.enums import Kind
from benchside.organisations.models import Employment
from benchside.recognition.cpd import rules
from benchside.recognition.cpd.queries import waiting
from benchside.recognition.models import AuditCase, AuditRun, Entry
from benchside.recognition.registry.queries import desk_of
from benchside.recognition.registry.queues import Reader, queues
from tests.factories import registers
from tests.factories import registry as made
from tests.factories.audits import a_registrant, a_run
from tests.factories.organisations import a_member, an_organisation
from tests.factories.people import sign_in

pytestmark = pytest.mark.django_db
DESK = "/registry/registered-technician/cpd/"
LISTS = (f"{DESK}cases/", f"{DESK}cases.csv", f"{DESK}committee/")


@pytest.fixture(autouse=True)
def in_january() -> Any:
    with time_machine.travel("2027-01-11 12:00Z", tick=False):
        yield


@pytest.fixture
def stranger() -> Entry:
    return a_registrant("stranger")


def in_queue(user: User) -> list[str]:
    here = desk_of(user, "registered-technician")
    assert here
    (queue,) = [one for one in queues if one.key == "cpd"]
    return [one.title.split()[0] for one in queue.waiting(Reader(here))]


def listed(user: User, address: str) -> str:
    answer = sign_in(Client(), user).get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_nobody_finds_their_own_case_or_a_colleagues(stranger: Entry) -> None:
    place = an_organisation("works", kind=Kind.EMPLOYER)
    user = registers.give_duties(a_member(place))
    own = made.own_entry(Actor.of(user))
    Entry.objects.filter(pk=own.pk).update(admitted_on=date(2024, 5, 1))
    colleague = a_registrant("colleague")
    assert colleague.award.technician
    Employment.objects.create(organisation=place, technician=colleague.award.technician)
    run = a_run()
    for state in ("doubted", "committee"):
        AuditCase.objects.update(state=state)
        for address in LISTS[: 3 if state == "committee" else 2]:
            page = listed(user, address)
            assert stranger.award.number in page
            assert own.award.number not in page
            assert colleague.award.number not in page
        assert in_queue(user) == [stranger.award.number]
    assert waiting(run.register, user)["committee"] == 1
    # The sample is whole, so that anybody can draw it again; how theirs stands is not in it.
    rows = listed(user, f"{DESK}runs/{run.pk}/sample.csv").splitlines()
    said = {row.split(",")[0]: row.rsplit(",", 1)[1] for row in rows[1:]}
    assert said == {
        stranger.award.number: "With the committee",
        own.award.number: "",
        colleague.award.number: "",
    }


def test_an_assessor_who_is_registered_does_not_read_of_their_second_look(stranger: Entry) -> None:
    user = registers.an_assessor()
    own = made.own_entry(Actor.of(user))
    a_run()
    AuditCase.objects.update(state="doubted")
    page = listed(user, LISTS[0])
    assert stranger.award.number in page
    assert own.award.number not in page


def test_a_ratifier_reads_their_own_bodys_alone(stranger: Entry) -> None:
    other = a_registrant("other", body=registers.a_body("another-body"))
    assert other.body_id != stranger.body_id
    run = a_run()
    AuditCase.objects.update(state="committee")
    user = registers.a_ratifier(stranger.body)
    for address in LISTS:
        page = listed(user, address)
        assert stranger.award.number in page
        assert other.award.number not in page
    mine, theirs = run.cases.get(entry=stranger), run.cases.get(entry=other)
    client = sign_in(Client(), user)
    assert client.get(f"{DESK}cases/{mine.pk}/").status_code == 200
    assert client.get(f"{DESK}cases/{theirs.pk}/").status_code == 404
    assert rules.can_read(Actor.of(user), mine)
    assert not rules.can_read(Actor.of(user), theirs)
    assert waiting(run.register, user)["committee"] == 1


@pytest.mark.parametrize(
    ("state", "award", "waits"),
    [
        ("suspended", "suspended-cpd", True),
        ("suspended", "deceased", False),
        ("suspended", "active", False),
        ("committee", "active", True),
        ("committee", "suspended-cpd", True),
        ("committee", "suspended-interim", False),
        ("committee", "resigned", False),
    ],
)
def test_nothing_waits_that_nobody_can_do(
    stranger: Entry, state: str, award: str, waits: bool
) -> None:
    chief = registers.a_registrar("chief@council.example")
    a_run()
    AuditCase.objects.update(state=state, due_on="2027-01-01")
    Award.objects.filter(pk=stranger.award_id).update(state=award)
    assert bool(in_queue(chief)) is waits
    assert AuditRun.objects.count() == 1
    page = listed(chief, LISTS[2])
    if state == "committee" and not waits:
        assert "it waits until they are back" in page
    else:
        assert (stranger.award.number in page) is waits
