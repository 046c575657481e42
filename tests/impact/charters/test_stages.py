"""Stages: begun once, extended once, set with a reason, followed, late, reminded."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import actions as engine
from benchside.assessment.models import Submission
from benchside.assessment.states import SUBMISSIONS
from benchside.assessment.writing_rules import can_lead, may_sign
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.models import AuditEvent, OutgoingMail
from benchside.core.registries import measures
from benchside.core.states import move
from benchside.impact.charters import actions, due_list, progress, queries, reminding
from benchside.impact.charters.deadlines import months_on, plain, read
from benchside.impact.charters.files import FIRST_RULES
from benchside.impact.models import Charter, Cycle, Signatory
from benchside.organisations.enums import MemberRole
from benchside.organisations.models import Organisation
from tests.factories.charters import (
    a_charter,
    a_signatory,
    cycle_of,
    officer,
    recommended,
    sent_in,
)
from tests.factories.organisations import a_member, an_organisation

pytestmark = pytest.mark.django_db


@pytest.fixture
def charter() -> Charter:
    return a_charter()


@pytest.fixture
def here() -> Organisation:
    return an_organisation("northmoor")


@pytest.fixture
def lead(here: Organisation) -> User:
    return a_member(here)


@pytest.fixture
def cycle(charter: Charter, here: Organisation, lead: User) -> Cycle:
    return cycle_of(a_signatory(charter, here))


def test_a_stage_is_begun_once_and_belongs_to_its_window(cycle: Cycle, lead: User) -> None:
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    assert (made.purpose, made.round) == ("stage-1", f"{cycle.due_on:%Y-%m}")
    assert made.version.key == "technician-charter-stage-1"
    again = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    assert again == made
    assert Submission.objects.count() == 1


def test_who_writes_and_signs_is_known_to_the_engine(
    cycle: Cycle, lead: User, here: Organisation
) -> None:
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    deputy, steering = a_member(here, MemberRole.DEPUTY), a_member(here, MemberRole.STEERING)
    signer, editor = a_member(here, MemberRole.SIGNER), a_member(here, MemberRole.EDITOR)
    stranger = a_member(an_organisation("southmoor"))
    assert [can_lead(Actor.of(one), made) for one in (lead, deputy, steering, stranger)] == [
        True, True, False, False,
    ]  # fmt: skip
    signs = {
        right: [may_sign(Actor.of(one), made, right) for one in (steering, signer, lead, editor)]
        for right in ("steer", "sign")
    }
    assert signs == {"steer": [True, True, False, False], "sign": [False, True, False, False]}
    Submission.objects.filter(pk=made.pk).update(purpose="standard")
    made.refresh_from_db()
    assert not can_lead(Actor.of(lead), made)  # of another room: not ours to say


def test_the_next_stage_waits_for_the_one_before(cycle: Cycle, lead: User) -> None:
    sent_in(cycle, lead)
    second = cycle.signatory.cycles.get(stage=2)
    assert second.due_on == months_on(cycle.due_on, 24)
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=second)
    assert made.version.key == "technician-charter-stage-2"
    cycle.refresh_from_db()
    assert cycle.closed_at is not None


def test_a_stage_is_not_begun_before_the_one_before_is_sent(cycle: Cycle, lead: User) -> None:
    second = Cycle.objects.create(
        signatory=cycle.signatory, stage=2, plan_months=36,
        first_due_on=date(2040, 1, 31), due_on=date(2040, 1, 31),
    )  # fmt: skip
    with pytest.raises(Refused, match="Stage 1 is not sent in"):
        actions.begin_self_assessment(actor=Actor.of(lead), cycle=second)


def test_what_was_taken_back_can_be_begun_anew(cycle: Cycle, lead: User) -> None:
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    engine.withdraw_submission(actor=Actor.of(lead), submission=made)
    assert actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle) != made


def test_the_engines_word_is_heard(
    cycle: Cycle, lead: User, django_capture_on_commit_callbacks: Any
) -> None:
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    with django_capture_on_commit_callbacks(execute=True):
        Submission.objects.filter(pk=made.pk).update(submitted_at=timezone.now())
        made.refresh_from_db()
        move(table=SUBMISSIONS, subject=made, verb="submit", actor=Actor.of(lead))
    assert list(cycle.signatory.cycles.values_list("stage", flat=True)) == [1, 2]


# --- more time -----------------------------------------------------------------------------------
def test_one_extension_to_the_next_window_and_a_second_refused(cycle: Cycle, lead: User) -> None:
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    was = cycle.due_on
    due = actions.take_extension(actor=Actor.of(lead), cycle=cycle, why="Our lead left.")
    assert due == queries.rulebook(cycle.signatory.charter).extended(was)
    cycle.refresh_from_db()
    made.refresh_from_db()
    assert (cycle.due_on, cycle.first_due_on, made.round) == (due, was, f"{due:%Y-%m}")
    with pytest.raises(Refused, match="had already"):
        actions.take_extension(actor=Actor.of(lead), cycle=cycle, why="And again.")
    Submission.objects.filter(pk=made.pk).update(state="submitted", submitted_at=timezone.now())
    actions.follow(cycle=cycle)
    second = cycle.signatory.cycles.get(stage=2)
    assert second.due_on == months_on(due, 24)  # counted from the day that held
    with pytest.raises(Refused, match="had already"):
        actions.take_extension(actor=Actor.of(lead), cycle=second, why="For another stage.")


def test_leaving_and_signing_anew_gives_no_second_extension(
    charter: Charter, here: Organisation, cycle: Cycle, lead: User
) -> None:
    actions.take_extension(actor=Actor.of(lead), cycle=cycle, why="Our lead left.")
    today = timezone.localdate()
    actions.say_left(
        actor=officer(), signatory=cycle.signatory, reason="It asked to leave", on=today
    )
    anew = cycle_of(a_signatory(charter, here, announced=today))
    with pytest.raises(Refused, match="had already"):
        actions.take_extension(actor=Actor.of(lead), cycle=anew, why="Please.")


def test_no_extension_without_reason_once_late_or_once_sent(cycle: Cycle, lead: User) -> None:
    who = Actor.of(lead)
    with pytest.raises(Refused, match="reason"):
        actions.take_extension(actor=who, cycle=cycle, why="  ")
    Cycle.objects.filter(pk=cycle.pk).update(due_on=timezone.localdate() - timedelta(days=1))
    with pytest.raises(Refused, match="late already"):
        actions.take_extension(actor=who, cycle=cycle, why="Please.")
    sent_in(cycle, lead)
    with pytest.raises(Refused, match="sent in already"):
        actions.take_extension(actor=who, cycle=cycle, why="Please.")


def test_an_officer_may_set_the_day_with_a_reason_on_record(cycle: Cycle, lead: User) -> None:
    day = cycle.due_on + timedelta(days=33)
    with pytest.raises(Denied):
        actions.override_due(actor=Actor.of(lead), cycle=cycle, due_on=day, why="Please.")
    with pytest.raises(Refused, match="reason is missing"):
        actions.override_due(actor=officer(), cycle=cycle, due_on=day, why="")
    actions.override_due(actor=officer(), cycle=cycle, due_on=day, why="A flood.")
    event = AuditEvent.objects.get(verb="cycle.override")
    assert (event.detail["why"], event.detail["due"]) == ("A flood.", day.isoformat())
    assert cycle.due_on == day


# --- late ----------------------------------------------------------------------------------------
def late(cycle: Cycle) -> date:
    due = timezone.localdate() - timedelta(days=5)
    Cycle.objects.filter(pk=cycle.pk).update(due_on=due)
    return due


def test_late_from_the_day_after_and_in_good_standing_once_sent(cycle: Cycle, lead: User) -> None:
    today = timezone.localdate()
    assert actions.mark_late(today=today) == 0
    due = late(cycle)
    assert [actions.mark_late(today=today) for _ in range(2)] == [1, 0]
    award = cycle.signatory.award
    assert award is not None
    award.refresh_from_db()
    assert (award.state, award.events.last().effective_on) == ("overdue", due + timedelta(days=1))
    cycle.refresh_from_db()
    sent_in(cycle, lead)
    award.refresh_from_db()
    assert award.state == "signatory"


def test_measures_say_what_is_due_and_what_is_late(
    cycle: Cycle, here: Organisation, lead: User
) -> None:
    today = timezone.localdate()
    due, is_late = (measures[f"impact.self_assessments_{key}"] for key in ("due", "late"))
    values = lambda: [one.observe(here.pk, today).value for one in (due, is_late)]  # noqa: E731
    assert due.observe(an_organisation("southmoor").pk, today) is None
    Cycle.objects.filter(pk=cycle.pk).update(due_on=months_on(today, 5))
    assert values() == [1, 0]
    Cycle.objects.filter(pk=cycle.pk).update(due_on=months_on(today, 14))
    assert values() == [0, 0]
    late(cycle)
    assert values() == [0, 1]
    cycle.refresh_from_db()
    sent_in(cycle, lead)
    assert values() == [0, 0]
    assert is_late.observe(here.pk, today - timedelta(days=2)).value == 1  # as it was then


# --- reminders -----------------------------------------------------------------------------------
def told() -> list[str]:
    return list(OutgoingMail.objects.order_by("pk").values_list("subject", flat=True))


def test_each_reminder_goes_out_once_and_the_nearest_alone(cycle: Cycle, lead: User) -> None:
    due = cycle.due_on
    assert reminding.send_reminders(months_on(due, -7)) == 0
    days = [months_on(due, -6), months_on(due, -6) + timedelta(days=9), months_on(due, -2)]
    sent = [reminding.send_reminders(day) for day in days for _ in range(2)]
    assert sent == [1, 0, 0, 0, 1, 0]  # the one for the steering group was skipped with its day
    texts = OutgoingMail.objects.order_by("pk").values_list("text", flat=True)
    assert ["Ask technicians" in texts[0], "Take it to the executive" in texts[1]] == [True, True]


def test_a_new_day_brings_new_reminders(cycle: Cycle, lead: User) -> None:
    reminding.send_reminders(months_on(cycle.due_on, -2))
    actions.override_due(
        actor=officer(), cycle=cycle, due_on=cycle.due_on + timedelta(days=200), why="A flood."
    )
    assert reminding.send_reminders(months_on(cycle.due_on, -6)) == 1


def test_nobody_is_reminded_of_what_is_sent(cycle: Cycle, lead: User) -> None:
    sent_in(cycle, lead)
    assert reminding.send_reminders(cycle.due_on) == 0


def test_an_officer_reminds_by_hand_once_a_day(
    cycle: Cycle, lead: User, here: Organisation
) -> None:
    a_member(here, MemberRole.DEPUTY)
    with pytest.raises(Denied):
        reminding.remind_now(actor=Actor.of(lead), cycle=cycle)
    assert reminding.remind_now(actor=officer(), cycle=cycle) == 2
    with pytest.raises(Refused, match="within a day"):
        reminding.remind_now(actor=officer(), cycle=cycle)
    assert len(told()) == 2


# --- rules ---------------------------------------------------------------------------------------
def test_new_rules_show_what_they_would_do_and_then_do_it(
    charter: Charter, cycle: Cycle, lead: User
) -> None:
    new = read(plain(FIRST_RULES) | {"windows": ["04-30", "10-31"]})
    day = timezone.localdate()
    (effect,) = queries.effects_of(charter, day, new)
    assert (effect.cycle, effect.before.due_on) == (cycle, cycle.due_on)
    assert actions.set_rules(actor=officer(), charter=charter, valid_from=day, new=new) == 1
    cycle.refresh_from_db()
    assert (cycle.due_on, cycle.first_due_on) == (effect.after.due_on, effect.after.due_on)
    assert (cycle.due_on.month, cycle.due_on.day) in {(4, 30), (10, 31)}
    assert queries.effects_of(charter, day, new) == []
    with pytest.raises(Denied):
        actions.set_rules(actor=Actor.of(lead), charter=charter, valid_from=day, new=new)


# --- where it stands -----------------------------------------------------------------------------
@pytest.mark.parametrize("state", ["", *progress.SENT, "draft", "returned", "withdrawn"])
@pytest.mark.parametrize("days", [-1, 0])
@pytest.mark.parametrize("feedback", ["none", "open", "answered"])
def test_the_list_and_the_page_use_one_word(
    charter: Charter, cycle: Cycle, lead: User, state: str, days: int, feedback: str
) -> None:
    today = timezone.localdate()
    if state:
        made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
        if feedback != "none":
            recommended(made, response="" if feedback == "open" else "We will.")
        Submission.objects.filter(pk=made.pk).update(state=state, submitted_at=timezone.now())
    Cycle.objects.filter(pk=cycle.pk).update(due_on=today + timedelta(days=days))
    (listed,) = due_list.with_phase(Cycle.objects.filter(pk=cycle.pk), today)
    (whole,) = queries.stages_of(cycle.signatory)
    assert listed.phase == queries.phase(whole, today)


def test_the_steps_in_their_order(cycle: Cycle, lead: User) -> None:
    def now() -> str:
        (one, *_) = queries.stages_of(cycle.signatory)
        return next((step.key for step in progress.steps(queries.facts(one)) if step.is_now), "")

    assert now() == "writing"
    made = sent_in(cycle, lead)
    assert now() == "review"
    recommended(made)
    assert now() == "response"
    feedback = made.feedback.get()
    actions.respond(actor=Actor.of(lead), cycle=cycle, feedback=feedback, text="We will.")
    assert now() == "published"


def test_the_demonstration_is_whole_and_made_once(settings: Any) -> None:
    settings.DEMO = True
    call_command("load_catalogue", verbosity=0)
    from benchside.accounts import demo as accounts
    from benchside.impact import demo as impact
    from benchside.impact.charters import demo
    from benchside.organisations.demo import PEOPLE

    people = accounts.create_people(
        password="x", people=[*PEOPLE, *accounts.PEOPLE, *impact.PEOPLE]
    )
    university = an_organisation("made-up-university", name="Made-Up University")
    lead = next(one for one in people if one.email.startswith("lead@"))
    university.memberships.create(user=lead, role=MemberRole.LEAD)
    for _ in range(2):
        demo.create()
    today = timezone.localdate()
    charter = Charter.objects.get()
    phases = {key for key, _, _ in due_list.counts(charter, today)}
    assert phases >= {"due", "writing", "late", "sent", "feedback", "answered", "closed"}
    assert Signatory.objects.filter(state="announced").count() == 11
    assert set(Signatory.objects.values_list("state", flat=True)) == {
        "announced", "left", "signed", "accepted",
    }  # fmt: skip
    ours = Cycle.objects.get(signatory__organisation=university, closed_at__isnull=True)
    assert ours.due_on == queries.rulebook(charter).on(today).window_from(today)


@pytest.mark.parametrize("page", ["form", "people", "evidence", "signatures"])
def test_a_self_assessment_lies_under_impact_in_the_rail(
    cycle: Cycle, lead: User, client: Client, page: str
) -> None:
    made = actions.begin_self_assessment(actor=Actor.of(lead), cycle=cycle)
    client.force_login(lead)
    text = client.get(reverse(f"assessment:{page}", args=[made.key])).content.decode()
    assert 'href="/org/northmoor/impact/" aria-current="page"' in text
    assert text.count("<h1") == 1
