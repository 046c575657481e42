"""What charters say beside a self-assessment: to those who write it, and to those who review it."""

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from benchside.core.registries import Context, Panel
from benchside.impact.charters import queries
from benchside.impact.models import Cycle


def _cycle(key: str) -> Any | None:
    found = Cycle.objects.select_related("signatory__charter", "signatory__organisation")
    try:
        return found.filter(submission__key=key).first()
    except (ValidationError, ValueError):
        return None


def for_writers(key: str, viewer: uuid.UUID | None) -> Context | None:
    """The stage, its day and what should be happening before it."""
    cycle = _cycle(key)
    if cycle is None:
        return None
    rules = queries.rulebook(cycle.signatory.charter).on(cycle.due_on)
    today = timezone.localdate()
    return {
        "cycle": cycle,
        "signatory": cycle.signatory,
        "reminders": [
            {"title": one.title, "day": day, "is_past": day <= today}
            for one, day in rules.reminders_for(cycle.due_on)
        ],
        "is_late": cycle.due_on < today,
    }


def for_reviewers(key: str, viewer: uuid.UUID | None) -> Context | None:
    """The stage, since when it has signed, and what it was told last time."""
    cycle = _cycle(key)
    if cycle is None:
        return None
    before = Cycle.objects.filter(signatory=cycle.signatory, stage=cycle.stage - 1).first()
    return {
        "cycle": cycle,
        "signatory": cycle.signatory,
        "told_before": list(queries.feedback_of(before)) if before and before.submission_id else [],
    }


def for_answers(key: str, viewer: uuid.UUID | None) -> Context | None:
    """Where recommendations become actions of the plan."""
    cycle = _cycle(key)
    return {"cycle": cycle, "signatory": cycle.signatory} if cycle else None


PANELS = (
    Panel(
        key="impact.charters.outcome",
        place="assessment.outcome",
        title="Make actions of it",
        template="impact/charters/panel_outcome.html",
        context=for_answers,
        order=10,
    ),
    Panel(
        key="impact.charters.form",
        place="assessment.form",
        title="When it is due",
        template="impact/charters/panel_form.html",
        context=for_writers,
        order=10,
    ),
    Panel(
        key="impact.charters.review",
        place="assessment.review",
        title="The stage it has come to",
        template="impact/charters/panel_review.html",
        context=for_reviewers,
        order=10,
    ),
)
