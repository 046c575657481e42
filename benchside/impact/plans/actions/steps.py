"""Milestones on the way, and measures by which one will know."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

from benchside.core.actions import Actor, Refused, acting
from benchside.core.registries import measures
from benchside.impact.models import Action, Milestone, Observation, Success
from benchside.impact.plans import changes as history
from benchside.impact.plans import rules
from benchside.impact.plans.actions.writing import refuse_closed

SUCCESS_FIELDS = (
    "title", "measure", "unit", "baseline", "baseline_on", "target", "target_on", "denominator",
    "source",
)  # fmt: skip


def add_milestone(
    *, actor: Actor, action: Action, title: str, due_on: date | None = None
) -> Milestone:
    """Raises Refused for no words or a closed plan, Denied."""
    refuse_closed(action.plan)
    with acting("milestone.add", actor=actor, subject=action, may=rules.can_deliver) as act:
        made = Milestone(action=action, title=title.strip(), due_on=due_on)
        _save(made)
        history.write(action, actor, {"milestone": ("", _told(made))})
        act.note(code=action.code)
    return made


def change_milestone(
    *, actor: Actor, milestone: Milestone, title: str, due_on: date | None
) -> None:
    action = milestone.action
    refuse_closed(action.plan)
    with acting("milestone.change", actor=actor, subject=action, may=rules.can_deliver) as act:
        was = _told(milestone)
        milestone.title, milestone.due_on = title.strip(), due_on
        _save(milestone)
        history.write(action, actor, {"milestone": (was, _told(milestone))})
        act.note(code=action.code)


def finish_milestone(*, actor: Actor, milestone: Milestone, done_on: date | None) -> None:
    """Reached on a day, or with None not reached after all."""
    action = milestone.action
    refuse_closed(action.plan)
    with acting("milestone.finish", actor=actor, subject=action, may=rules.can_deliver) as act:
        was = _told(milestone)
        milestone.done_on = done_on
        milestone.save(update_fields=["done_on"])
        history.write(action, actor, {"milestone": (was, _told(milestone))})
        act.note(code=action.code)


def drop_milestone(*, actor: Actor, milestone: Milestone) -> None:
    action = milestone.action
    refuse_closed(action.plan)
    with acting("milestone.drop", actor=actor, subject=action, may=rules.can_deliver) as act:
        history.write(action, actor, {"milestone": (_told(milestone), "")})
        milestone.delete()
        act.note(code=action.code)


def _told(milestone: Milestone) -> str:
    due = f", by {milestone.due_on:%d/%m/%Y}" if milestone.due_on else ""
    done = f", reached {milestone.done_on:%d/%m/%Y}" if milestone.done_on else ""
    return f"{milestone.title}{due}{done}"


def add_success(*, actor: Actor, action: Action, values: Mapping[str, Any]) -> Success:
    """A measure of success; `values` are fields of SUCCESS_FIELDS. One that Benchside keeps by
    itself brings its unit along. Raises Refused, Denied."""
    refuse_closed(action.plan)
    with acting("success.add", actor=actor, subject=action, may=rules.can_keep) as act:
        made = Success(action=action)
        _set_success(made, values)
        history.write(action, actor, {"measure": ("", _measured(made))})
        act.note(code=action.code)
    return made


def change_success(*, actor: Actor, success: Success, values: Mapping[str, Any]) -> None:
    action = success.action
    refuse_closed(action.plan)
    with acting("success.change", actor=actor, subject=action, may=rules.can_keep) as act:
        was = _measured(success)
        _set_success(success, values)
        history.write(action, actor, {"measure": (was, _measured(success))})
        act.note(code=action.code)


def drop_success(*, actor: Actor, success: Success) -> None:
    action = success.action
    refuse_closed(action.plan)
    with acting("success.drop", actor=actor, subject=action, may=rules.can_keep) as act:
        history.write(action, actor, {"measure": (_measured(success), "")})
        success.delete()
        act.note(code=action.code)


def _set_success(success: Success, values: Mapping[str, Any]) -> None:
    if unknown := set(values) - set(SUCCESS_FIELDS):
        raise KeyError(f"A measure has no {sorted(unknown)}.")
    for name, value in values.items():
        setattr(success, name, value.strip() if isinstance(value, str) else value)
    if success.measure:
        if success.measure not in measures:
            raise Refused("Benchside keeps no such measure.", "Choose one of the list.")
        success.unit = success.unit or measures[success.measure].unit
        success.title = success.title or measures[success.measure].title
        success.source = success.source or "Benchside"
    _save(success)


def _measured(success: Success) -> str:
    parts = [success.title]
    if success.baseline is not None:
        parts.append(f"from {success.baseline.normalize():f}")
    if success.target is not None:
        parts.append(f"to {success.target.normalize():f} {success.unit}".strip())
    if success.target_on:
        parts.append(f"by {success.target_on:%d/%m/%Y}")
    return " ".join(parts)


def observe(
    *,
    actor: Actor,
    success: Success,
    value: Decimal,
    observed_on: date,
    people: int | None = None,
) -> Observation:
    """A value on a day; a second one of the same day takes the place of the first."""
    action = success.action
    refuse_closed(action.plan)
    with acting("success.observe", actor=actor, subject=action, may=rules.can_deliver) as act:
        made = (
            success.observations.filter(observed_on=observed_on).first()
            or Observation(success=success, observed_on=observed_on)
        )  # fmt: skip
        made.value, made.people, made.noted_by = value, people, actor.person_id
        _save(made)
        act.note(code=action.code)
    return made


def _save(made: models.Model) -> None:
    try:
        made.full_clean()
    except ValidationError as wrong:
        raise Refused(" ".join(wrong.messages), "Nothing was kept; please mend it.") from None
    made.save()
