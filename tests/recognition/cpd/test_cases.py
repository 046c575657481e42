"""A case from the letter to its end: shared, read, asked again, doubted, silent, suspended."""

from datetime import date
from typing import Any

import pytest
import time_machine

from benchside.assessment.actions import move_award
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.core.states import NeedsMore, NoSuchMove
from benchside.organisations.enums import Kind
from benchside.organisations.models import Employment, Membership
from benchside.people.cpd.actions import revoke_share
from benchside.people.models import CpdActivity
from benchside.recognition.cpd import actions, clock, tasks
from benchside.recognition.cpd.actions import Found
from benchside.recognition.cpd.enums import StandardKey
from benchside.recognition.cpd.year import year_of
from benchside.recognition.models import AuditCase, Entry
from tests.factories import registers
from tests.factories.audits import (
    MET,
    UNMET,
    a_case,
    a_full_year,
    a_registrant,
    own,
    shown,
)
from tests.factories.cpd import an_activity
from tests.factories.organisations import an_organisation
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db
NOW = date(2027, 1, 11)  # answers are due on 22 February
LATER = date(2027, 3, 15)


@pytest.fixture(autouse=True)
def in_january() -> Any:
    with time_machine.travel(NOW, tick=False) as at:
        yield at


@pytest.fixture
def entry() -> Entry:
    made = a_registrant()
    a_full_year(made)
    return made


@pytest.fixture
def reader() -> Actor:
    return Actor.of(registers.an_assessor())


@pytest.fixture
def second() -> Actor:
    return Actor.of(registers.an_assessor("second@council.example"))


def by_the_clock(day: str) -> None:
    with time_machine.travel(day, tick=False):
        tasks.look_after_audits.func()
        tasks.look_after_audits.func()  # twice does no more than once


def now(case: AuditCase) -> str:
    case.refresh_from_db()
    return case.state


def told(case: AuditCase) -> list[str]:
    return list(case.letters.values_list("kind", flat=True))


# --- sharing ------------------------------------------------------------------------------------
def test_what_is_shared_is_held_as_it_was(entry: Entry) -> None:
    case = shown(a_case(entry))
    year = year_of(case)
    assert year
    assert year.standing.is_met
    assert [one.key for one in year.seen] == ["record", "mix", "practice", "users"]
    assert case.share_digest == year.digest
    CpdActivity.objects.all().delete()
    again = year_of(case)
    assert again is not None
    assert again.digest == year.digest
    assert case.share
    with pytest.raises(Refused):
        revoke_share(actor=own(entry), share=case.share)
    assert told(case) == ["notified", "received"]


def test_only_the_months_that_are_asked_for_are_shared(entry: Entry) -> None:
    technician = entry.award.technician
    assert technician
    an_activity(technician, "Another year", date(2025, 12, 31))
    an_activity(technician, "After it", date(2027, 1, 1))
    year = year_of(shown(a_case(entry)))
    assert year
    assert len(year.activities) == 3


def test_an_empty_log_needs_a_word_at_least() -> None:
    case = a_case(a_registrant("empty"))
    with pytest.raises(Refused, match="nothing in these months"):
        shown(case, summary=" ")
    assert now(case) == "notified"
    shown(case, summary="I was ill all year.")
    assert now(case) == "submitted"


def test_nobody_else_answers_for_them(entry: Entry, reader: Actor) -> None:
    case = a_case(entry)
    for actor in (reader, own(a_registrant("other")), Actor.of(administrator()), SYSTEM):
        with pytest.raises(Denied):
            actions.submit_year(actor=actor, case=case, summary="")


# --- more time ----------------------------------------------------------------------------------
def test_more_time_is_asked_for_given_and_over(entry: Entry) -> None:
    case, keeper = a_case(entry), Actor.of(registers.a_registrar("keeper@council.example"))
    mine = own(entry)
    for until, why in ((date(2027, 2, 22), "ill"), (date(2028, 3, 1), "ill"), (LATER, " ")):
        with pytest.raises(Refused):
            actions.ask_for_time(actor=mine, case=case, until=until, why=why)
    actions.ask_for_time(actor=mine, case=case, until=LATER, why="My child is ill.")
    with pytest.raises(Denied):
        actions.give_time(actor=mine, case=case, until=LATER)
    by_the_clock("2027-03-10 12:00Z")  # who has asked is not silent
    assert now(case) == "time-asked"
    actions.give_time(actor=keeper, case=case, until=date(2027, 4, 30))
    assert (now(case), case.due_on, case.deferred_by) == (
        "deferred",
        date(2027, 4, 30),
        keeper.person_id,
    )
    by_the_clock("2027-05-07 12:00Z")
    assert now(case) == "deferred"
    by_the_clock("2027-05-08 12:00Z")
    assert now(case) == "silent"


def test_no_more_time_leaves_two_weeks(entry: Entry) -> None:
    case, keeper = a_case(entry), Actor.of(registers.a_registrar("keeper@council.example"))
    actions.ask_for_time(actor=own(entry), case=case, until=LATER, why="Busy.")
    with time_machine.travel("2027-02-20 12:00Z", tick=False):
        with pytest.raises(Refused):
            actions.refuse_time(actor=keeper, case=case, words="")
        actions.refuse_time(actor=keeper, case=case, words="You had six weeks.")
    assert (now(case), case.due_on) == ("notified", date(2027, 3, 6))


# --- reading ------------------------------------------------------------------------------------
def test_accepted(entry: Entry, reader: Actor) -> None:
    case = shown(a_case(entry))
    some = dict(list(MET.items())[:3])
    for verdicts in (some, UNMET):
        with pytest.raises(Refused):
            actions.accept_year(actor=reader, case=case, verdicts=verdicts)
    actions.accept_year(actor=reader, case=case, verdicts=MET, words="Well done.")
    assert (now(case), case.decided_by) == ("accepted", reader.person_id)
    assert case.verdicts.filter(is_met=True).count() == 4
    assert told(case)[-1] == "accepted"
    with pytest.raises(NoSuchMove):
        actions.doubt_year(actor=reader, case=case, verdicts=UNMET, words="No.")
    assert case.verdicts.count() == 4  # what was refused left nothing


def test_asked_again_as_often_as_the_rule_says(entry: Entry, reader: Actor) -> None:
    case = shown(a_case(entry))
    ask = {"actor": reader, "verdicts": UNMET, "words": "Another kind, please."}
    with pytest.raises(Refused, match="too near"):
        actions.ask_again(case=case, due_on=date(2027, 1, 24), **ask)
    actions.ask_again(case=case, due_on=LATER, **ask)
    assert (now(case), case.rounds, case.due_on) == ("resubmit", 1, LATER)
    first = case.share
    shown(case)
    assert case.share != first
    with pytest.raises(NeedsMore):
        actions.ask_again(case=case, due_on=LATER, **ask)
    actions.accept_year(actor=reader, case=case, verdicts=MET)
    assert now(case) == "accepted"


def test_what_is_not_met_says_why(entry: Entry, reader: Actor) -> None:
    case = shown(a_case(entry))
    dumb = MET | {StandardKey.USERS: Found(is_met=False)}
    with pytest.raises(Refused, match="Say what is missing"):
        actions.doubt_year(actor=reader, case=case, verdicts=dumb, words="No.")
    with pytest.raises(Refused, match="every standard is met"):
        actions.doubt_year(actor=reader, case=case, verdicts=MET, words="No.")


def test_two_people_must_find_it_not_met(entry: Entry, reader: Actor, second: Actor) -> None:
    case = shown(a_case(entry))
    before = told(case)
    actions.doubt_year(actor=reader, case=case, verdicts=UNMET, words="One kind.")
    assert told(case) == before  # nobody is told on the word of one
    with pytest.raises(Denied):
        actions.fail_year(actor=reader, case=case, verdicts=UNMET, words="One kind.")
    assert now(case) == "doubted"
    actions.fail_year(actor=second, case=case, verdicts=UNMET, words="One kind only.")
    assert (now(case), case.verdicts.count()) == ("committee", 8)
    assert told(case)[-1] == "committee"
    entry.award.refresh_from_db()
    assert entry.award.state == "active"


def test_a_second_reader_may_find_otherwise(entry: Entry, reader: Actor, second: Actor) -> None:
    case = shown(a_case(entry))
    actions.doubt_year(actor=reader, case=case, verdicts=UNMET, words="One kind.")
    actions.accept_year(actor=second, case=case, verdicts=MET)
    assert now(case) == "accepted"


def test_no_colleague_and_nobody_in_their_own_case_reads_it_not_even_an_administrator(
    entry: Entry,
) -> None:
    case = shown(a_case(entry))
    assert entry.award.technician
    place = an_organisation("works", kind=Kind.EMPLOYER)
    Employment.objects.create(organisation=place, technician=entry.award.technician)
    boss, chief = registers.an_assessor("boss@works.example"), administrator()
    for user in (boss, chief):
        Membership.objects.create(user=user, organisation=place, role="lead")
        with pytest.raises(Denied):
            actions.accept_year(actor=Actor.of(user), case=case, verdicts=MET)
    with pytest.raises(Denied):
        actions.accept_year(actor=own(entry), case=case, verdicts=MET)


# --- silence ------------------------------------------------------------------------------------
def test_reminders_go_out_each_once_and_then_it_is_silence(entry: Entry) -> None:
    case = a_case(entry)
    for day in ("01-20", "02-08", "02-12", "02-19", "02-22", "02-23", "03-01", "03-02"):
        by_the_clock(f"2027-{day} 12:00Z")
    assert told(case) == ["notified", "two-weeks", "three-days", "day-after", "silent"]
    assert now(case) == "silent"
    assert OutgoingMail.objects.count() == 5
    shown(case)  # late is better than never
    assert now(case) == "submitted"


def test_letters_that_were_missed_become_one(entry: Entry) -> None:
    case = a_case(entry)
    by_the_clock("2027-02-21 12:00Z")
    assert told(case) == ["notified", "three-days"]


def ratifier(entry: Entry) -> Actor:
    return Actor.of(registers.a_ratifier(entry.body))


def certain(entry: Entry) -> AuditCase:
    """Silent last year, and silent again."""
    case = a_case(entry)
    AuditCase.objects.filter(pk=case.pk).update(is_certain=True)
    by_the_clock("2027-03-02 12:00Z")
    assert now(case) == "committee"
    return case


def test_a_second_silence_ends_in_suspension_a_third_in_removal(entry: Entry) -> None:
    case, decides = certain(entry), ratifier(entry)
    to = {"case": case, "due_on": LATER, "words": "Two years without a word."}
    for actor in (Actor.of(registers.a_registrar("k@council.example")), own(entry)):
        with pytest.raises(Denied):
            actions.suspend_for_cpd(actor=actor, **to)
    actions.suspend_for_cpd(actor=decides, **to)
    award = Award.objects.get(pk=entry.award_id)
    assert (now(case), award.state) == ("suspended", "suspended-cpd")
    assert award.events.latest("number").reason == "No CPD was shown"
    case = AuditCase.objects.get(pk=case.pk)
    with pytest.raises(NeedsMore, match="last day"):
        actions.remove_for_cpd(actor=decides, case=case, words="Gone.")
    by_the_clock("2027-03-16 12:00Z")
    assert now(case) == "suspended"
    with time_machine.travel("2027-03-16 12:00Z", tick=False):
        actions.remove_for_cpd(actor=decides, case=case, words="Gone.")
    award.refresh_from_db()
    assert (now(case), award.state) == ("removed", "removed-cpd")
    assert {"suspended", "removed"} < set(told(case))


def test_who_shows_it_while_suspended_comes_back(entry: Entry, reader: Actor) -> None:
    case, decides = certain(entry), ratifier(entry)
    actions.suspend_for_cpd(actor=decides, case=case, due_on=LATER, words="Silent.")
    case = AuditCase.objects.get(pk=case.pk)
    with pytest.raises(Refused, match="nothing to lift"):
        actions.lift_suspension(actor=decides, case=case)
    shown(case)
    actions.accept_year(actor=reader, case=case, verdicts=MET)
    with pytest.raises(Denied):
        actions.lift_suspension(actor=reader, case=case)
    actions.lift_suspension(actor=decides, case=case)
    assert Award.objects.get(pk=entry.award_id).state == "active"


def test_who_answered_and_did_not_meet_the_standards_is_not_said_to_have_shown_nothing(
    entry: Entry, reader: Actor, second: Actor
) -> None:
    case, decides = shown(a_case(entry)), ratifier(entry)
    actions.doubt_year(actor=reader, case=case, verdicts=UNMET, words="One kind.")
    actions.fail_year(actor=second, case=case, verdicts=UNMET, words="One kind only.")
    actions.suspend_for_cpd(actor=decides, case=case, due_on=LATER, words="One kind only.")
    case = AuditCase.objects.get(pk=case.pk)
    with time_machine.travel("2027-03-16 12:00Z", tick=False):
        actions.remove_for_cpd(actor=decides, case=case, words="Nothing more came.")
    told = entry.award.events.order_by("number").values_list("verb", "reason")
    assert list(told)[-2:] == [
        ("suspend-for-cpd", "What was shown did not meet the standards"),
        ("remove-for-cpd", "What was shown did not meet the standards"),
    ]
    for one in OutgoingMail.objects.filter(name="recognition/audit_removed"):
        assert "no CPD was shown" not in one.text + one.html


def test_who_is_asked_again_while_suspended_and_is_silent_can_still_be_decided_on(
    entry: Entry, reader: Actor
) -> None:
    case, decides = certain(entry), ratifier(entry)
    actions.suspend_for_cpd(actor=decides, case=case, due_on=LATER, words="Silent.")
    case = AuditCase.objects.get(pk=case.pk)
    shown(case)
    actions.ask_again(actor=reader, case=case, verdicts=UNMET, words="More.", due_on=LATER)
    by_the_clock("2027-03-23 12:00Z")
    assert now(case) == "committee"
    with time_machine.travel("2027-03-24 12:00Z", tick=False):
        case = AuditCase.objects.get(pk=case.pk)
        due = date(2027, 4, 30)
        actions.suspend_for_cpd(actor=decides, case=case, due_on=due, words="Nothing more.")
    award = Award.objects.get(pk=entry.award_id)
    assert (now(case), award.state) == ("suspended", "suspended-cpd")


def test_a_last_chance_that_passes_comes_back_to_the_committee(entry: Entry) -> None:
    case = certain(entry)
    actions.give_last_chance(
        actor=ratifier(entry), case=case, due_on=LATER, words="The last chance."
    )
    assert now(case) == "deferred"
    by_the_clock("2027-03-23 12:00Z")
    assert now(case) == "committee"


def test_a_ratifier_of_another_body_does_not_suspend(entry: Entry) -> None:
    case = certain(entry)
    other = Actor.of(registers.a_ratifier(registers.a_body("another-body")))
    with pytest.raises(Denied):
        actions.suspend_for_cpd(actor=other, case=case, due_on=LATER, words="Silent.")


def test_who_has_left_is_asked_nothing_more(entry: Entry) -> None:
    case = a_case(entry)
    move_award(actor=SYSTEM, award=entry.award, verb="resign")
    by_the_clock("2027-02-23 12:00Z")
    assert now(case) == "closed"
    assert told(case) == ["notified"]


def test_one_that_was_notified_twice_has_one_letter(entry: Entry) -> None:
    case = a_case(entry)
    clock.notify(case.pk)
    assert told(case) == ["notified"]
