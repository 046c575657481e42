"""What action plans hold of a person, and how they forget."""

from typing import Any
from uuid import UUID

from benchside.core.registries import PersonalDataExport
from benchside.impact.models import Action, ActionReminder


def export(person_id: UUID) -> dict[str, Any]:
    owned = Action.objects.filter(owner__person_id=person_id)
    helped = Action.objects.filter(contributors__person_id=person_id)
    return {
        "actions they answer for": [_plain(one) for one in owned.select_related("plan")],
        "actions they help with": [_plain(one) for one in helped.select_related("plan")],
    }


def _plain(action: Action) -> dict[str, Any]:
    return {
        "plan": action.plan.title,
        "code": action.code,
        "action": action.title,
        "due_on": action.due_on.isoformat() if action.due_on else None,
        "state": action.state,
    }


def erase(person_id: UUID) -> None:
    """The work goes on without the name; who wrote what stays as an opaque id."""
    Action.objects.filter(owner__person_id=person_id).update(owner=None)
    for action in Action.objects.filter(contributors__person_id=person_id):
        action.contributors.remove(*action.contributors.filter(person_id=person_id))
    ActionReminder.objects.filter(user__person_id=person_id).delete()


PLANS = PersonalDataExport(
    key="impact.plans", title="Action plans", export=export, erase=erase, order=360
)
