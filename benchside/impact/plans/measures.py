"""The figures action plans publish: of all plans of one organisation that are not closed."""

from datetime import date, datetime, time, timedelta

from django.db.models import F, QuerySet
from django.utils import timezone

from benchside.core.registries import Measure, Measured
from benchside.impact.enums import ActionState, PlanState
from benchside.impact.models import Action

DONE = (ActionState.COMPLETE, ActionState.EMBEDDED)
HUNDRED = 100


def _actions(organisation_id: int, on: date) -> QuerySet[Action]:
    """All that were there on a day and are not stopped."""
    plans = Action.objects.filter(plan__organisation=organisation_id)
    plans = plans.exclude(plan__state=PlanState.CLOSED)
    return plans.filter(made_at__lt=_end(on)).exclude(state=ActionState.STOPPED)


def _end(on: date) -> datetime:
    return timezone.make_aware(datetime.combine(on + timedelta(days=1), time.min))


def _share(part: int, whole: int) -> Measured | None:
    return Measured(value=round(HUNDRED * part / whole, 1), people=None) if whole else None


def actions(organisation_id: int, on: date) -> Measured | None:
    count = _actions(organisation_id, on).count()
    return Measured(value=count) if count else None


def in_progress(organisation_id: int, on: date) -> Measured | None:
    """Known of today alone: a state is not kept by day."""
    found = _actions(organisation_id, on)
    if on < timezone.localdate() or not found.exists():
        return None
    return Measured(value=found.filter(state=ActionState.IN_PROGRESS).count())


def complete(organisation_id: int, on: date) -> Measured | None:
    found = _actions(organisation_id, on)
    done = found.filter(state__in=DONE, completed_at__lt=_end(on)).count()
    return _share(done, found.count())


def sustained(organisation_id: int, on: date) -> Measured | None:
    """Of all that was completed, what has become everyday work."""
    done = _actions(organisation_id, on).filter(state__in=DONE, completed_at__lt=_end(on))
    held = done.filter(state=ActionState.EMBEDDED, embedded_at__lt=_end(on)).count()
    return _share(held, done.count())


def on_time(organisation_id: int, on: date) -> Measured | None:
    """Of all that was due by then, what was complete by its day."""
    due = _actions(organisation_id, on).filter(due_on__lte=on)
    kept = due.filter(completed_at__date__lte=F("due_on")).count()
    return _share(kept, due.count())


def with_evidence(organisation_id: int, on: date) -> Measured | None:
    """Of all that is complete, what something shows."""
    done = _actions(organisation_id, on).filter(state__in=DONE, completed_at__lt=_end(on))
    shown = done.filter(evidence__added_at__lt=_end(on)).distinct().count()
    return _share(shown, done.count())


def _measure(key: str, title: str, unit: str, observe: object, order: int) -> Measure:
    return Measure(
        key=f"impact.{key}",
        title=title,
        unit=unit,
        policy="",  # of actions, not of people
        observe=observe,  # type: ignore[arg-type]
        order=order,
    )


MEASURES = (
    _measure("actions", "Actions of the plan", "actions", actions, 40),
    _measure("actions_in_progress", "Actions in progress", "actions", in_progress, 41),
    _measure("actions_complete", "Actions complete", "%", complete, 42),
    _measure("actions_on_time", "Actions due that were done by their day", "%", on_time, 43),
    _measure("actions_with_evidence", "Complete actions with evidence", "%", with_evidence, 44),
    _measure(
        "actions_sustained", "Complete actions that are everyday work now", "%", sustained, 45
    ),
)
