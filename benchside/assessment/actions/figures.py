"""Figures cited beside a criterion: looked up anew, overruled with a reason, taken back."""

import math
from collections.abc import Callable

from django.db import transaction
from django.utils import timezone

from benchside.assessment import figures
from benchside.assessment import writing_rules as rules
from benchside.assessment.embargo import state_told
from benchside.assessment.limits import whole
from benchside.assessment.models import Figure, Submission
from benchside.assessment.signatures import lapse_signatures
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.registries import measures

LOOKED_UP = ("title", "unit", "value", "people", "observed_on")


def refresh_figures(*, actor: Actor, submission: Submission, criterion: str) -> int:
    """Look up every figure of a criterion anew; returns how many say something else now. One that
    was overruled keeps the writers' own value. Signatures lapse when anything changed.

    Raises Denied, Refused (closed).
    """
    with transaction.atomic():
        held = _held(actor, submission, criterion, "figure.refresh")
        with acting("figure.refresh", actor=actor, subject=held, may=_writer(criterion)) as act:
            changed = sum(_look_up(one) for one in held.figures.filter(criterion=criterion))
            for key in figures.missing(held, criterion):
                values = figures.values_of(key, held)
                Figure.objects.create(submission=held, criterion=criterion, **values)
                changed += 1
            if changed:
                lapse_signatures(held)
            act.note(criterion=criterion, changed_figures=changed)
    return changed


def _look_up(one: Figure) -> bool:
    values = figures.values_of(one.measure, one.submission)
    if one.measure not in measures:
        return False  # what was cited stands, though nobody offers it any more
    differs = any(getattr(one, name) != values[name] for name in LOOKED_UP)
    if differs:
        Figure.objects.filter(pk=one.pk).update(**values, changed_at=timezone.now())
    return differs


def overrule_figure(*, actor: Actor, figure: Figure, value: float, reason: str) -> None:
    """Let the writers' own value stand in place of the house's, with the reason why.

    Raises Denied; Refused without a reason or a number, and when closed.
    """
    if not reason.strip():
        raise Refused(
            "The reason is missing.", "Say in a sentence where your own figure comes from."
        )
    if not math.isfinite(value) or abs(value) > 1e12:
        raise Refused("This is not a number that can be kept.", "Type the figure in digits.")
    kept = whole(reason, 300, "The reason")
    _change(actor, figure, "figure.overrule", value, kept)


def restore_figure(*, actor: Actor, figure: Figure) -> None:
    """Let the house's figure stand again. Raises Denied, Refused (closed)."""
    _change(actor, figure, "figure.restore", None, "")


def _change(actor: Actor, figure: Figure, verb: str, value: float | None, reason: str) -> None:
    with transaction.atomic():
        held = _held(actor, figure.submission, figure.criterion, verb)
        with acting(verb, actor=actor, subject=held, may=_writer(figure.criterion)) as act:
            figure.own_value, figure.own_reason = value, reason
            figure.own_by = None if value is None else actor.person_id
            figure.changed_at = timezone.now()
            figure.save(update_fields=["own_value", "own_reason", "own_by", "changed_at"])
            lapse_signatures(held)
            act.note(criterion=figure.criterion, measure=figure.measure)


def _writer(criterion: str) -> Callable[[Actor, Submission], bool]:
    return lambda actor, submission: rules.may_write(actor, submission, criterion)


def _held(actor: Actor, submission: Submission, criterion: str, verb: str) -> Submission:
    held = Submission.objects.select_for_update().get(pk=submission.pk)
    if not rules.may_write(actor, held, criterion):
        raise Denied(verb)
    if not held.is_open:
        raise Refused(
            f"This is {state_told(held).label.lower()}: its figures can no longer change.",
            "Wait until you are asked for more.",
        )
    return held
