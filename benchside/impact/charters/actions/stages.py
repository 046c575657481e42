"""A stage: begun, extended, set by an officer, followed as the engine moves it, late."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment import actions as engine
from benchside.assessment.models import StandardVersion, Submission
from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import publish
from benchside.impact.charters import progress, queries, rules
from benchside.impact.charters.actions import awards
from benchside.impact.charters.deadlines import round_key
from benchside.impact.charters.events import CHARTER_CHANGED
from benchside.impact.enums import SignatoryState
from benchside.impact.models import Cycle, Signatory


def begin_self_assessment(*, actor: Actor, cycle: Cycle) -> Submission:
    """Begin to write for a stage; the stage before is done with then.

    Raises Denied; Refused while the stage before is not sent in, or the form is not published.
    A stage that is begun already gives the same self-assessment.
    """
    with acting("cycle.begin", actor=actor, subject=cycle.signatory, may=rules.can_write) as act:
        held = _held(cycle)
        if held.submission is not None and held.submission.state not in progress.GONE:
            act.note(stage=held.stage, again=True)
            return held.submission
        _refuse_unready(held)
        made = engine.begin_submission(
            actor=actor,
            version=_form_of(held),
            organisation=held.signatory.organisation,
            purpose=f"stage-{held.stage}",
            round_key=round_key(held.due_on),
        )
        held.submission = made
        held.save(update_fields=["submission"])
        earlier = Cycle.objects.filter(signatory=held.signatory, stage__lt=held.stage)
        earlier.filter(closed_at__isnull=True).update(closed_at=timezone.now())
        act.note(stage=held.stage, submission=str(made.key))
    cycle.refresh_from_db()
    return made


def _held(cycle: Cycle) -> Cycle:
    """The stage and its signatory, locked: of two who press at once one is second."""
    signatory = (
        Signatory.objects.select_for_update(of=("self",))
        .select_related("charter", "organisation")
        .get(pk=cycle.signatory_id)
    )
    held = Cycle.objects.select_related("submission").get(pk=cycle.pk)
    held.signatory = signatory
    return held


def _refuse_unready(held: Cycle) -> None:
    if held.signatory.state != SignatoryState.ANNOUNCED:
        raise Refused("This organisation is no signatory now.", "Ask the charter's officers.")
    if held.closed_at is not None:
        raise Refused("This stage is done.", "Begin the next one.")
    before = Cycle.objects.filter(signatory=held.signatory, stage=held.stage - 1)
    earlier = before.select_related("submission").first()
    if earlier and not earlier.closed_at and not _is_sent(earlier):
        raise Refused(f"Stage {earlier.stage} is not sent in yet.", "Send that one in first.")


def _is_sent(cycle: Cycle) -> bool:
    return cycle.submission is not None and cycle.submission.state in progress.SENT


def _form_of(held: Cycle) -> StandardVersion:
    charter = held.signatory.charter
    named = queries.rulebook(charter).on(held.due_on).stage(held.stage).standard
    found = StandardVersion.objects.in_force(named or charter.standard)
    if found is None:
        raise Refused(
            "The form of this stage is not there yet.", "Ask the charter's officers to publish it."
        )
    return found


def take_extension(*, actor: Actor, cycle: Cycle, why: str) -> date:
    """Move a stage to the next window, as often in all as the rules allow an institution: once.

    Raises Denied; Refused when it was had before, when the day is past, or it is sent in.
    """
    with acting("cycle.extend", actor=actor, subject=cycle.signatory, may=rules.can_extend) as act:
        held = _held(cycle)
        book = queries.rulebook(held.signatory.charter)
        if not why.strip():
            raise Refused("The reason is missing.", "Say in a sentence why you need more time.")
        _refuse_moving(held)
        if held.due_on < timezone.localdate():
            raise Refused("It is late already.", "Write to the charter's officers.")
        had = queries.extensions_had(held.signatory)
        if had >= book.on(held.due_on).extensions:
            raise Refused(
                "An extension was had already: there is one for each organisation.",
                "Send it in by the day it is due, or write to the charter's officers.",
            )
        due = book.extended(held.due_on)
        held.extended_at, held.extended_why = timezone.now(), why.strip()[:300]
        _put(held, due)
        act.note(stage=held.stage, due=due.isoformat())
    cycle.refresh_from_db()
    return due


def override_due(*, actor: Actor, cycle: Cycle, due_on: date, why: str) -> None:
    """An officer sets the day a stage is due, with a reason that stays on record."""
    with acting("cycle.override", actor=actor, subject=cycle.signatory, may=rules.can_run) as act:
        held = _held(cycle)
        if not why.strip():
            raise Refused("The reason is missing.", "Say why: it stays on record.")
        _refuse_moving(held)
        was, held.overridden_at = held.due_on, timezone.now()
        held.overridden_why = why.strip()[:300]
        _put(held, due_on)
        act.note(
            stage=held.stage, was=was.isoformat(), due=due_on.isoformat(), why=why.strip()[:300]
        )
        if due_on >= timezone.localdate():
            awards.move_if(held.signatory, "catch-up")
    cycle.refresh_from_db()


def _refuse_moving(held: Cycle) -> None:
    if held.closed_at is not None or _is_sent(held):
        raise Refused("It is sent in already.", "Nothing needs to be moved.")
    if held.signatory.state != SignatoryState.ANNOUNCED:
        raise Refused("This organisation is no signatory now.")


def _put(held: Cycle, due: date) -> None:
    held.due_on = due
    held.save()
    if held.submission_id:
        Submission.objects.filter(pk=held.submission_id).update(round=round_key(due))
    publish(CHARTER_CHANGED.key, charter=held.signatory.charter.slug)


def open_stage(signatory: Signatory, stage: int, due: date) -> Cycle:
    """The next stage of a signatory; one that is there stays as it is."""
    months = queries.rulebook(signatory.charter).on(due).stage(stage).months
    found, _ = Cycle.objects.get_or_create(
        signatory=signatory,
        stage=stage,
        defaults={"plan_months": months, "first_due_on": due, "due_on": due},
    )
    return found


def follow(*, cycle: Cycle) -> None:
    """As the engine moved it: once it is sent in, nothing is late any more and the next stage has
    its day. May run twice. Called by the engine's events, so nobody is asked."""
    with transaction.atomic():
        held = _held(cycle)
        if _is_sent(held):
            book = queries.rulebook(held.signatory.charter)
            open_stage(held.signatory, held.stage + 1, book.next_due(held.due_on, held.plan_months))
            if not queries.is_late(held.signatory, timezone.localdate()):
                awards.move_if(held.signatory, "catch-up")
        publish(CHARTER_CHANGED.key, charter=held.signatory.charter.slug)


def mark_late(*, today: date) -> int:
    """Signatories whose day went by without a self-assessment are overdue from the day after."""
    found = 0
    for cycle in queries.late_cycles(today).select_related("signatory__charter"):
        signatory = cycle.signatory
        if signatory.award is None or signatory.award.state != "signatory":
            continue
        awards.move_if(signatory, "fall-behind", on=cycle.due_on + timedelta(days=1))
        publish(CHARTER_CHANGED.key, charter=signatory.charter.slug)
        found += 1
    return found
