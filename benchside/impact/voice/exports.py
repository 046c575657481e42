"""What this part holds of a person: what they suggested and what they think."""

from typing import Any
from uuid import UUID

from benchside.core.registries import PersonalDataExport
from benchside.impact.models import Opinion, Suggestion
from benchside.impact.voice.enums import SuggestionState
from benchside.people.models import Technician

ERASED = "Erased as its maker wished"


def _records(person_id: UUID) -> list[int]:
    """A technician's own id, or that of the account they claimed their record with."""
    found = Technician.objects.filter(person_id=person_id) | Technician.objects.filter(
        account__person_id=person_id
    )
    return list(found.values_list("pk", flat=True))


def export(person_id: UUID) -> dict[str, Any]:
    mine = _records(person_id)
    made = Suggestion.objects.filter(technician__in=mine).select_related("plan", "action")
    said = Opinion.objects.filter(technician__in=mine).select_related("action")
    return {
        "suggestions": [
            {
                "plan": one.plan.title,
                "title": one.title,
                "why": one.why,
                "area": one.area,
                "may_name": one.may_name,
                "state": one.state,
                "answer": one.answer,
                "action": one.action.code if one.action else "",
                "made_at": one.made_at.isoformat(),
            }
            for one in made
        ],
        "opinions": [
            {
                "action": one.action.code,
                "feeling": one.feeling,
                "words": one.words,
                "may_name": one.may_name,
                "said_at": one.said_at.isoformat(),
            }
            for one in said
        ],
    }


def erase(person_id: UUID) -> None:
    """What waits is taken back, what was answered is nobody's any more; opinions go."""
    mine = _records(person_id)
    made = Suggestion.objects.filter(technician__in=mine)
    made.filter(state=SuggestionState.WAITING).delete()
    made.exclude(state=SuggestionState.WAITING).update(
        technician=None, may_name=False, title=ERASED, why=""
    )
    Opinion.objects.filter(technician__in=mine).delete()


# Before people lets go of the account, by which the record is found.
VOICE = PersonalDataExport(
    key="impact.voice", title="What you say of action plans", export=export, erase=erase, order=60
)
