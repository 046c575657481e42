"""Who is away for a while, has left, or is gone, while an audit goes on."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, Actor
from benchside.core.models.mail import OutgoingMail
from benchside.recognition.cpd import tasks
from benchside.recognition.cpd.actions import announce_run
from benchside.recognition.cpd.queries import next_things
from benchside.recognition.models import AuditCase, AuditRun, Entry
from tests.factories.audits import a_case, a_registrant, a_run
from tests.factories.people import sign_in
from tests.factories.registry import needs_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def in_january() -> Any:
    with time_machine.travel(date(2027, 1, 11), tick=False):  # answers are due on 22 February
        yield


@pytest.fixture
def entry() -> Entry:
    return a_registrant()


def on(day: str, entry: Entry, verb: str, reason: str = "") -> None:
    entry.award.refresh_from_db()
    with time_machine.travel(f"{day} 12:00Z", tick=False):
        move_award(
            actor=SYSTEM,
            award=entry.award,
            verb=verb,
            reason=reason,
            confirmed=needs_of(entry, verb),
        )


def night(day: str) -> None:
    with time_machine.travel(f"{day} 12:00Z", tick=False):
        tasks.look_after_audits.func()
        tasks.look_after_audits.func()


def state(case: AuditCase) -> str:
    case.refresh_from_db()
    return case.state


def told(case: AuditCase) -> list[str]:
    return list(case.letters.values_list("kind", flat=True))


def announce(run: AuditRun) -> None:
    chief = Actor.of(User.objects.get(email="registrar@council.example"))
    announce_run(actor=chief, run=run, due_on=date(2027, 2, 22))


MEANWHILE = ("suspend-meanwhile", "The public must be protected meanwhile")


@pytest.mark.parametrize("found", ["silent", "committee", "failed", "submitted", "doubted"])
@pytest.mark.parametrize("leave", [MEANWHILE, ("resign", ""), ("begin-break", "Caring")])
def test_leaving_for_a_while_wipes_no_case(
    entry: Entry, found: str, leave: tuple[str, str]
) -> None:
    case = a_case(entry)
    AuditCase.objects.filter(pk=case.pk).update(state=found)
    on("2027-02-01", entry, *leave)
    night("2027-02-02")
    assert state(case) == found


@pytest.mark.parametrize("held", [{"is_certain": True}, {"referred_at": "2027-01-20T12:00Z"}])
def test_leaving_wipes_no_silence_of_the_year_before_nor_a_last_chance(
    entry: Entry, held: dict[str, Any]
) -> None:
    case = a_case(entry)
    AuditCase.objects.filter(pk=case.pk).update(**held)
    on("2027-02-01", entry, "resign")
    night("2027-03-08")
    assert (state(case), told(case)) == ("notified", ["notified"])


@pytest.mark.parametrize("found", ["selected", "notified", "silent", "committee", "failed"])
def test_what_is_open_ends_where_no_door_leads_back(entry: Entry, found: str) -> None:
    case = a_case(entry)
    AuditCase.objects.filter(pk=case.pk).update(state=found)
    on("2027-02-01", entry, "record-death")
    night("2027-02-02")
    assert state(case) == "closed"
    assert told(case) == ["notified"]


@pytest.mark.parametrize(
    ("leave", "come_back"),
    [(MEANWHILE, ("lift", "Nothing was found")), (("begin-break", "Caring"), ("end-break", ""))],
)
def test_nothing_escalates_while_away_and_who_is_back_has_two_weeks(
    entry: Entry, leave: tuple[str, str], come_back: tuple[str, str]
) -> None:
    case = a_case(entry)
    on("2027-02-01", entry, *leave)
    for day in ("2027-02-10", "2027-02-24", "2027-03-15"):
        night(day)
    assert (state(case), told(case)) == ("notified", ["notified"])
    on("2027-04-01", entry, *come_back)
    night("2027-04-01")
    assert (state(case), case.due_on) == ("notified", date(2027, 4, 15))
    for day in ("2027-04-12", "2027-04-22"):
        night(day)
    assert state(case) == "notified"
    night("2027-04-23")
    assert state(case) == "silent"


def test_who_was_back_long_before_has_the_day_they_were_given(entry: Entry) -> None:
    on("2027-01-02", entry, "begin-break", "Caring")
    on("2027-01-05", entry, "end-break")
    case = a_case(entry)
    night("2027-01-20")
    assert (state(case), case.due_on) == ("notified", date(2027, 2, 22))


@pytest.mark.parametrize(
    ("verb", "reason", "state_then"),
    [
        ("record-death", "", "closed"),
        ("resign", "", "closed"),
        ("remove", "Conduct", "closed"),
        ("begin-break", "Caring", "selected"),
        (*MEANWHILE, "selected"),
    ],
)
def test_nobody_is_asked_who_left_or_is_away_when_the_letters_go_out(
    entry: Entry, verb: str, reason: str, state_then: str
) -> None:
    other = a_registrant("other")
    run = a_run(announced=False)
    on("2027-01-12", entry, verb, reason)
    OutgoingMail.objects.all().delete()
    with time_machine.travel("2027-01-13 12:00Z", tick=False):
        announce(run)
        tasks.send_notices.func(run.pk)
    assert [one.to for one in OutgoingMail.objects.all()] == [["other@work.example"]]
    assert state(run.cases.get(entry=entry)) == state_then
    assert state(run.cases.get(entry=other)) == "notified"


def test_who_was_away_when_the_letters_went_out_is_asked_once_back(entry: Entry) -> None:
    run = a_run(announced=False)
    on("2027-01-12", entry, "begin-break", "Caring")
    announce(run)
    night("2027-03-01")
    case = run.cases.get(entry=entry)
    assert state(case) == "selected"
    on("2027-03-02", entry, "end-break")
    night("2027-03-03")
    assert (state(case), case.due_on) == ("notified", date(2027, 3, 17))


def test_their_page_says_that_it_waits(entry: Entry) -> None:
    a_case(entry)
    assert entry.award.technician
    assert entry.award.technician.account
    mine = sign_in(Client(), entry.award.technician.account)
    address = f"/my/registrations/{entry.award.number}/audit/"
    assert "Answer by" in mine.get(address).content.decode()
    on("2027-01-11", entry, "begin-break", "Caring")
    page = mine.get(address).content.decode()
    assert "It waits while you are away" in page
    assert "Answer by" not in page
    fresh = Entry.objects.get(pk=entry.pk)
    (waits, *_) = next_things(fresh, date(2027, 1, 11))
    assert waits.why == "You were drawn. Share your log."
