"""The committee: a last chance, suspension, removal, and lifting it when the CPD was shown.

The award moves with the case, in one transaction, by whoever ratifies for the body.
"""

from datetime import date

from django.db import transaction
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Denied, Refused
from benchside.core.states import move
from benchside.recognition.cpd import committee_moves as moves
from benchside.recognition.cpd import letters, rules
from benchside.recognition.cpd.enums import CaseState, LetterKind
from benchside.recognition.cpd.states import CASES
from benchside.recognition.models import AuditCase

LEAST_DAYS = 14


def _said(words: str) -> str:
    words = whole(words, 4000, "What you say to them")
    if not words:
        raise Refused("Say why.", "They read these words.")
    return words


def _far_enough(day: date) -> None:
    if (day - timezone.localdate()).days < LEAST_DAYS:
        raise Refused("That day is too near.", f"Give them {LEAST_DAYS} days at least.")


def _reason(case: AuditCase) -> str:
    """What is kept for ever beside the move: nothing came, or what came was not enough."""
    return moves.NOTHING_SHOWN if case.submitted_at is None else moves.NOT_MET


def give_last_chance(*, actor: Actor, case: AuditCase, due_on: date, words: str) -> None:
    """A last day for an answer. Afterwards: a letter. Raises Denied, NoSuchMove, Refused."""
    _far_enough(due_on)
    said = _said(words)
    with transaction.atomic():
        move(
            table=CASES,
            subject=case,
            verb="give-last-chance",
            actor=actor,
            columns={"due_on": due_on, "words": said, "more_time": case.more_time or said[:1000]},
        )
        letters.send_once(case, LetterKind.LAST_CHANCE)


def suspend_for_cpd(*, actor: Actor, case: AuditCase, due_on: date, words: str) -> None:
    """Suspend the entry; after `due_on` without an answer it may be removed. Afterwards: a letter,
    and what follows from an award that no longer stands. Raises Denied, NoSuchMove, Refused."""
    _far_enough(due_on)
    columns = {"due_on": due_on, "words": _said(words)}
    award = case.entry.award
    with transaction.atomic():
        move(table=CASES, subject=case, verb="suspend", actor=actor, columns=columns)
        if award.state != moves.SUSPENDED_STATE:  # they may have answered, and been asked again
            move_award(actor=actor, award=award, verb=moves.SUSPEND, reason=_reason(case))
        letters.send_once(case, LetterKind.SUSPENDED)


def remove_for_cpd(*, actor: Actor, case: AuditCase, words: str) -> None:
    """Take the entry off the register after another silence. Afterwards: a letter. Raises Denied,
    NoSuchMove, Refused; NeedsMore while they may still answer."""
    said = _said(words)
    with transaction.atomic():
        move(table=CASES, subject=case, verb="remove", actor=actor, columns={"words": said})
        move_award(actor=actor, award=case.entry.award, verb=moves.REMOVE, reason=_reason(case))
        letters.send_once(case, LetterKind.REMOVED)


def waits_to_be_lifted(case: AuditCase) -> bool:
    """Whether their CPD was accepted and the entry is still suspended for it."""
    return case.state == CaseState.ACCEPTED and case.entry.award.state == moves.SUSPENDED_STATE


def lift_suspension(*, actor: Actor, case: AuditCase) -> None:
    """The CPD was shown and accepted: the entry stands again. Raises Denied, Refused."""
    if not rules.can_suspend(actor, case):
        raise Denied("cpd-audit.lift")
    if not waits_to_be_lifted(case):
        raise Refused("There is nothing to lift.", "Their CPD must be accepted first.")
    move_award(actor=actor, award=case.entry.award, verb=moves.LIFT, reason=moves.SHOWN)
