"""The history of an action: what stood before and what stands now, field by field, as text.

People are kept as their opaque ids: a page gives them the names they have when it is read.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.impact.models import Action, ActionChange


def as_text(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, User):
        return str(value.person_id)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, list | tuple):
        return ", ".join(sorted(as_text(one) for one in value))
    return str(value)


def write(action: Action, actor: Actor, changed: Mapping[str, tuple[Any, Any]]) -> None:
    """One row for each field: its value before and now. Inside the caller's transaction."""
    ActionChange.objects.bulk_create(rows(action, actor, changed))


def rows(
    action: Action, actor: Actor, changed: Mapping[str, tuple[Any, Any]]
) -> Iterable[ActionChange]:
    return [
        ActionChange(
            action=action,
            field=name,
            was=as_text(was),
            now=as_text(now),
            changed_by=actor.person_id,
        )
        for name, (was, now) in changed.items()
    ]
