"""One's own declaration and audit, where pages are left open, sent twice, or asked for too much."""

from datetime import date
from typing import Any

import pytest
import time_machine
from django.test import Client

from benchside.accounts.models import User
from benchside.assessment.actions import move_award
from benchside.core.actions import SYSTEM, Actor
from benchside.core.states import NeedsMore
from benchside.people.cpd.actions import take_break
from benchside.recognition.cpd import actions, tasks
from benchside.recognition.cpd.enums import StandardKey
from benchside.recognition.cpd.year import year_of
from benchside.recognition.models import AnnualDeclaration, AuditCase, Entry
from tests.factories import registers
from tests.factories.audits import MET, a_case, a_full_year, a_registrant, own, shown
from tests.factories.people import sign_in
from tests.factories.registry import needs_of

pytestmark = pytest.mark.django_db
SAID = {"is_kept": "yes", "is_conduct_kept": "yes"}


@pytest.fixture
def entry() -> Entry:
    return a_registrant(since=date(2022, 5, 1))


def me(entry: Entry) -> Client:
    assert entry.award.technician
    return sign_in(Client(), User.objects.get(technician=entry.award.technician))


def page_of(client: Client, entry: Entry, what: str) -> str:
    return client.get(f"/my/registrations/{entry.award.number}/{what}/").content.decode()


# --- the declaration ------------------------------------------------------------------------------
@pytest.fixture
def in_november() -> Any:
    with time_machine.travel("2027-11-27 12:00Z", tick=False):
        yield


def test_a_form_sent_twice_declares_the_one_year_it_asked_about(
    entry: Entry, in_november: None
) -> None:
    mine, here = me(entry), f"/my/registrations/{entry.award.number}/declare/"
    page = page_of(mine, entry, "declare")
    assert "Declare your CPD of 2026" in page
    assert '<input type="hidden" name="year" value="2026">' in page
    for _ in range(2):
        assert mine.post(here, SAID | {"year": "2026"})["Location"] == here
    assert list(AnnualDeclaration.objects.values_list("year", flat=True)) == [2026]
    page = page_of(mine, entry, "declare")
    assert "Nothing was declared just now" in page
    assert "Declare your CPD of 2027" in page


@pytest.mark.parametrize("year", ["", "2031", "1", "²", "9" * 40, "two"])
def test_a_year_that_nobody_was_asked_about_is_not_declared(
    entry: Entry, in_november: None, year: str
) -> None:
    mine = me(entry)
    answer = mine.post(
        f"/my/registrations/{entry.award.number}/declare/", SAID | {"year": year}, follow=True
    )
    assert "Nothing was declared just now" in answer.content.decode()
    assert not AnnualDeclaration.objects.exists()


def test_a_form_with_something_missing_stays_on_its_year(entry: Entry, in_november: None) -> None:
    answer = me(entry).post(
        f"/my/registrations/{entry.award.number}/declare/", {"year": "2027", "is_kept": "yes"}
    )
    assert answer.status_code == 422
    assert "Declare your CPD of 2027" in answer.content.decode()


# --- more time ------------------------------------------------------------------------------------
@pytest.fixture
def in_january() -> Any:
    with time_machine.travel("2027-01-11 12:00Z", tick=False):  # answers are due on 22 February
        yield


def a_keeper() -> Actor:
    return Actor.of(registers.a_registrar("keeper@council.example"))


def asks(entry: Entry, case: AuditCase, day: str) -> None:
    until = date.fromisoformat(day)
    actions.ask_for_time(actor=own(entry), case=case, until=until, why="Much to do.")


def night(case: AuditCase, day: str) -> str:
    with time_machine.travel(f"{day} 12:00Z", tick=False):
        tasks.look_after_audits.func()
    case.refresh_from_db()
    return case.state


def test_more_time_that_was_refused_is_not_asked_for_again(entry: Entry, in_january: None) -> None:
    a_full_year(entry)
    case, keeper = a_case(entry), a_keeper()
    asks(entry, case, "2027-03-31")
    with time_machine.travel("2027-02-20 12:00Z", tick=False):
        actions.refuse_time(actor=keeper, case=case, words="You had six weeks.")
    with time_machine.travel("2027-03-05 12:00Z", tick=False):
        with pytest.raises(NeedsMore, match="was not refused"):
            asks(entry, case, "2027-04-30")
        page = page_of(me(entry), entry, "audit")
        assert "there is none" in page
        assert "I need more time" not in page
    assert night(case, "2027-03-14") == "silent"


def test_who_was_asked_again_and_told_no_reads_what_is_missing(
    entry: Entry, in_january: None
) -> None:
    a_full_year(entry)
    case, keeper = a_case(entry), a_keeper()
    asks(entry, case, "2027-03-31")
    actions.refuse_time(actor=keeper, case=case, words="Two weeks are enough.")
    shown(case)
    reader = Actor.of(registers.an_assessor("reader@council.example"))
    unmet = dict(MET) | {StandardKey.MIX: actions.Found(is_met=False, words="One kind only.")}
    due = date(2027, 2, 1)
    actions.ask_again(actor=reader, case=case, verdicts=unmet, words="More.", due_on=due)
    asks(entry, case, "2027-03-31")  # a new round, a new wish
    actions.refuse_time(actor=keeper, case=case, words="There is none.")
    case.refresh_from_db()
    assert case.state == "resubmit"
    page = page_of(me(entry), entry, "audit")
    assert "Something is missing." in page
    assert "One kind only." in page


# --- time away ------------------------------------------------------------------------------------
def test_what_rests_on_their_own_word_is_not_green(entry: Entry, in_january: None) -> None:
    case = a_case(entry)
    technician = entry.award.technician
    assert technician
    whole_year = {"begins": date(2026, 1, 1), "ends": date(2026, 12, 31)}
    take_break(actor=own(entry), technician=technician, **whole_year)
    assert "You say you were away" in page_of(me(entry), entry, "audit")
    year = year_of(shown(case))
    assert year
    assert all(one.is_met and one.on_their_word for one in year.seen)
    desk = a_desk()
    for state in ("submitted", "doubted"):
        AuditCase.objects.filter(pk=case.pk).update(state=state)
        page = read(desk, case)
        assert "They say they were away" in page
        assert "Seems met" not in page
        assert (
            "1 January 2026 to 31 December 2026: they noted it themselves on 11 January 2027"
            in page
        )


def test_a_break_of_the_register_counts_on_both_sides(entry: Entry, in_january: None) -> None:
    for day, verb, reason in (
        ("2025-12-01", "begin-break", "Caring"),
        ("2027-01-02", "end-break", ""),
    ):
        with time_machine.travel(f"{day} 12:00Z", tick=False):
            move_award(
                actor=SYSTEM,
                award=entry.award,
                verb=verb,
                reason=reason,
                confirmed=needs_of(entry, verb),
            )
    case = a_case(entry)
    page = page_of(me(entry), entry, "audit")
    assert "Missing" not in page
    assert "You say you were away" not in page
    year = year_of(shown(case))
    assert year
    assert [one.on_their_word for one in year.seen] == [False] * 4
    page = read(a_desk(), case)
    assert "1 December 2025 to 1 January 2027: a break of the register's own" in page
    assert "Seems met" in page


def a_desk() -> Client:
    return sign_in(Client(), registers.an_assessor("reader@council.example"))


def read(desk: Client, case: AuditCase) -> str:
    address = f"/registry/registered-technician/cpd/cases/{case.pk}/"
    return " ".join(desk.get(address).content.decode().split())
