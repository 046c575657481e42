"""From a school's first press to its award or its targets: who may, what follows, what is free."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.utils import timezone

from benchside.assessment.actions import move_award, sign, withdraw_submission
from benchside.assessment.annexes import concerns_of, content_of_annexes
from benchside.assessment.awarding import clock
from benchside.assessment.content import completeness
from benchside.assessment.enums import DecisionOutcome, DutyKind
from benchside.assessment.interests import conflicts_of
from benchside.assessment.models import Award
from benchside.assessment.queries import faults_of
from benchside.assessment.signatures import standing
from benchside.core.actions import SYSTEM, Actor, Denied, Refused
from benchside.core.models.mail import OutgoingMail
from benchside.organisations.enums import Kind, MemberRole
from benchside.recognition.marks import actions, measures, queries, tasks
from benchside.recognition.marks.service_factor import Line
from benchside.recognition.models import FollowUp, Mark
from tests.factories import marks as made
from tests.factories.organisations import a_member, an_organisation, sitting
from tests.factories.people import administrator

pytestmark = pytest.mark.django_db


# --- who may ------------------------------------------------------------------------------------
@pytest.mark.parametrize("role", [MemberRole.SIGNER, MemberRole.MANAGER])
def test_leaders_and_line_managers_begin(role: MemberRole) -> None:
    school = made.a_school()
    assert made.an_application(school, a_member(school, role)).submission.organisation == school


@pytest.mark.parametrize("role", [MemberRole.LEAD, MemberRole.DEPUTY, MemberRole.EDITOR])
def test_nobody_else_does(role: MemberRole) -> None:
    school = made.a_school()
    with pytest.raises(Denied):
        made.an_application(school, a_member(school, role))


def test_the_head_of_another_school_does_not() -> None:
    school, other = made.a_school(), made.a_school("south-high")
    with pytest.raises(Denied):
        made.an_application(school, made.a_head(other))


def test_a_technician_of_the_school_is_told_whom_to_ask() -> None:
    school = made.a_school()
    head = made.a_head(school)
    begun = made.an_application(school, head)
    made.employ(head, school)
    with pytest.raises(Refused, match="headteacher or line manager"):
        made.an_application(school, head)
    with pytest.raises(Denied):  # nor goes on with what was begun
        actions.save_hours(actor=Actor.of(head), submission=begun.submission, taught=None, lines=[])


def test_one_at_a_time_and_of_its_own_kind() -> None:
    school = made.a_school()
    head = made.a_head(school)
    made.an_application(school, head)
    with pytest.raises(Refused, match="under way already"):
        made.an_application(school, head)
    university = an_organisation("a-university", kind=Kind.UNIVERSITY)
    with pytest.raises(Refused, match="another kind"):
        made.an_application(university, made.a_head(university))
    Mark.objects.update(is_open=False)
    another = made.a_school("west-high")
    with pytest.raises(Refused, match="takes no applications now"):
        made.an_application(another, made.a_head(another))


# --- what it needs ------------------------------------------------------------------------------
def test_without_order_number_or_hours_nothing_is_signed() -> None:
    school = made.a_school()
    head = made.a_head(school)
    one = made.an_application(school, head)
    lacks = " ".join(gap.lacks for gap in completeness(one.submission).gaps)
    assert "purchase order number" in lacks
    assert "hours sheet" in lacks
    made.write(one, head)
    assert completeness(one.submission).is_whole


def test_the_hours_sheet_is_in_what_is_signed_and_the_order_number_is_not() -> None:
    school = made.a_school()
    head = made.a_head(school)
    one = made.an_application(school, head)
    made.write(one, head)
    text = str(content_of_annexes(one.submission))
    assert "0.67" in text  # 40 / 60
    assert "PO 1" not in text
    made.send(one, head)
    actions.give_order_number(actor=Actor.of(head), application=one, number="PO 2")
    assert len(standing(one.submission)) == 1


def test_hours_changed_after_signing_lapse_the_signature_and_the_same_hours_do_not() -> None:
    school = made.a_school()
    head = made.a_head(school)
    one = made.an_application(school, head)
    made.write(one, head)
    actor = Actor.of(head)
    sign(actor=actor, submission=one.submission, step="head", signed_as="Hedda")
    same = {"actor": actor, "submission": one.submission, "taught": Decimal(60)}
    actions.save_hours(**same, lines=made.HOURS)
    assert len(standing(one.submission)) == 1
    few = Line(subject="science", hours=Decimal(20), weeks=39, people=1)
    actions.save_hours(**same, lines=[few])
    assert standing(one.submission) == []
    assert "19.00 hours a week are missing" in concerns_of(one.submission)[0]  # 39 - 20


# --- not met ------------------------------------------------------------------------------------
def test_what_is_not_met_becomes_a_target_with_the_assessors_words() -> None:
    school = made.a_school()
    head = made.a_head(school)
    one = made.a_declined(school, head, kit="Write down the dates.", planned="Say how far ahead.")
    actions.set_targets(application=one)
    actions.set_targets(application=one)
    assert {target.criterion: target.words for target in one.targets.all()} == {
        "kit": "Write down the dates.",
        "planned": "Say how far ahead.",
    }


def test_a_second_try_within_the_year_is_free_and_filled_in() -> None:
    school = made.a_school()
    head = made.a_head(school)
    made.a_declined(school, head)
    with time_machine.travel(timezone.now() + timedelta(days=364), tick=False):
        again = made.an_application(school, head)
    assert again.is_free
    said = [one for one in again.submission.statements.all() if one.text or one.choice]
    assert len(said) == len(again.submission.version.standard.asked_at("standard"))
    assert again.submission.taught_hours.hours == Decimal(60)
    assert completeness(again.submission).is_whole  # no order number is asked for


def test_a_second_try_that_is_withdrawn_leaves_the_next_one_free() -> None:
    school = made.a_school()
    head = made.a_head(school)
    made.a_declined(school, head)
    again = made.an_application(school, head)
    withdraw_submission(actor=Actor.of(head), submission=again.submission)
    assert queries.last_failed(again.mark, school) is not None
    assert made.an_application(school, head).is_free
    assert queries.last_failed(again.mark, school) is None


def test_after_the_year_it_is_filled_in_and_not_free() -> None:
    school = made.a_school()
    head = made.a_head(school)
    made.a_declined(school, head)
    with time_machine.travel(timezone.now() + timedelta(days=367), tick=False):
        again = made.an_application(school, head)
    assert not again.is_free
    assert again.submission.statements.exclude(text="").exists()


# --- met ----------------------------------------------------------------------------------------
def awarded(head_of: str = "north-high", level: str = "standard") -> Award:
    school = made.a_school(head_of)
    head = made.a_head(school)
    one = made.an_application(school, head, level=level)
    made.write(one, head)
    made.send(one, head)
    made.judge(one)
    award = made.decide(one, DecisionOutcome.APPROVE)
    assert award is not None
    return award


def test_it_is_awarded_for_three_years() -> None:
    with time_machine.travel("2026-09-01 12:00:00+00:00", tick=False):
        award = awarded()
    assert (award.number, award.state, award.level) == ("TSM-000001", "held", "standard")
    assert str(award.period_end) == "2029-08-31"


def test_it_is_renewed_under_its_number_when_its_end_is_near() -> None:
    with time_machine.travel("2026-09-01 12:00:00+00:00", tick=False):
        award = awarded()
        head = award.organisation.memberships.get(role=MemberRole.SIGNER).user
        with pytest.raises(Refused, match="31 August 2029"):
            made.an_application(award.organisation, head)
    with time_machine.travel("2029-06-01 12:00:00+00:00", tick=False):
        clock.walk(award, timezone.localdate())
        one = made.an_application(award.organisation, head, level="gold")
        assert one.submission.renewal.award == award
        made.write(one, head)
        made.send(one, head)
        made.judge(one)
        renewed = made.decide(one, DecisionOutcome.APPROVE)
    assert renewed == award
    award.refresh_from_db()
    assert (award.state, award.level, award.submission) == ("held", "gold", one.submission)
    assert (str(award.period_start), str(award.period_end)) == ("2029-09-01", "2032-08-31")
    assert Award.objects.count() == 1
    assert list(faults_of(award)) == []


def test_one_that_was_withdrawn_is_not_renewed_but_awarded_anew() -> None:
    award = awarded()
    head = award.organisation.memberships.get(role=MemberRole.SIGNER).user
    move_award(actor=SYSTEM, award=award, verb="withdraw", reason="It is no longer met")
    one = made.an_application(award.organisation, head)
    made.write(one, head)
    made.send(one, head)
    made.judge(one)
    new = made.decide(one, DecisionOutcome.APPROVE)
    assert new is not None
    assert new.number == "TSM-000002"


# --- the adviser, and a year later --------------------------------------------------------------
def test_an_adviser_is_no_judge_of_the_school() -> None:
    school = made.a_school()
    one = made.an_application(school, made.a_head(school))
    adviser = made.an_assessor("assessor-one")
    admin = Actor.of(administrator())
    actions.name_adviser(actor=admin, application=one, adviser=adviser)
    assert conflicts_of(adviser, one.submission)
    stranger = made.with_duty("nobody")
    with pytest.raises(Refused, match="not on the list"):
        actions.name_adviser(actor=admin, application=one, adviser=stranger)
    with pytest.raises(Denied):
        actions.name_adviser(actor=Actor.of(adviser), application=one, adviser=adviser)


def test_whoever_assesses_is_no_adviser() -> None:
    school = made.a_school()
    head = made.a_head(school)
    one = made.an_application(school, head)
    made.write(one, head)
    made.send(one, head)
    made.judge(one)
    with pytest.raises(Refused, match="assess this application"):
        actions.name_adviser(
            actor=Actor.of(administrator()),
            application=one,
            adviser=made.an_assessor("assessor-one"),
        )


def letters() -> list[list[str]]:
    found = OutgoingMail.objects.filter(name="recognition/follow_up_due")
    return [one.to for one in found]


def test_after_a_year_the_adviser_is_reminded_once_and_writes_down_what_they_found() -> None:
    with time_machine.travel("2026-09-01 12:00:00+00:00", tick=False):
        award = awarded()
        one = award.submission.application
        adviser = made.with_duty("adviser", DutyKind.ASSIGN)
        actions.name_adviser(actor=Actor.of(administrator()), application=one, adviser=adviser)
        tasks.look_after_marks.func()
    follow_up = FollowUp.objects.get()
    assert str(follow_up.due_on) == "2027-08-31"
    with time_machine.travel("2027-08-16 12:00:00+00:00", tick=False):
        tasks.look_after_marks.func()
        assert letters() == []
    with time_machine.travel("2027-08-17 12:00:00+00:00", tick=False):
        tasks.look_after_marks.func()
        tasks.look_after_marks.func()
        assert letters() == [[adviser.email]]
        actor = Actor.of(adviser)
        told = {"follow_up": follow_up, "words": "It goes well.", "done_on": timezone.localdate()}
        head = award.organisation.memberships.get(role=MemberRole.SIGNER).user
        with pytest.raises(Denied):
            actions.record_follow_up(actor=Actor.of(head), **told)
        actions.record_follow_up(actor=actor, **told)
        with pytest.raises(Refused, match="already"):
            actions.record_follow_up(actor=actor, **told)


# --- figures ------------------------------------------------------------------------------------
def test_marks_held_on_a_day_and_how_a_school_stands() -> None:
    award = made.a_holder(since=date(2020, 9, 1))
    clock.walk(award, date(2026, 1, 1))
    school = award.organisation_id
    held = [measures.held(school, day) for day in (date(2020, 8, 31), date(2021, 1, 1))]
    assert [one.value for one in held if one] == [0, 1]
    now = measures.held(school, date(2026, 1, 1))
    assert now is not None
    assert now.value == 0
    assert measures.standing(sitting(school)) is None
    assert list(queries.register(Mark.objects.get())) == []
