"""What reviewing holds about a person with an account, and how it forgets."""

from typing import Any
from uuid import UUID

from benchside.assessment.actions.going_on import complete_if_done
from benchside.assessment.enums import SeatState
from benchside.assessment.models import Duty, Interest, Judgement, Reviewer, Seat
from benchside.assessment.reviewing.naming import name_for_reviewers
from benchside.core.registries import PersonalDataExport


def export(person_id: UUID) -> dict[str, Any]:
    seats = Seat.objects.filter(user__person_id=person_id).select_related(
        "submission__version", "submission__organisation", "submission__technician"
    )
    interests = Interest.objects.filter(user__person_id=person_id).select_related("organisation")
    trained = Reviewer.objects.filter(user__person_id=person_id).first()
    return {
        "reviews": [
            {
                "of": name_for_reviewers(seat.submission),
                "standard": seat.submission.version.title,
                "state": seat.get_state_display(),
                "summary": seat.summary,
                "judgements": list(
                    seat.judgements.values("criterion", "grade", "reason", "private")
                ),
                "feedback": list(seat.feedback.values_list("text", flat=True)),
            }
            for seat in seats.prefetch_related("judgements", "feedback")
        ],
        "interests": [
            {"in": one.organisation.name if one.organisation else "one review", "what": one.what}
            for one in interests
        ],
        "trained_on": trained.standards if trained else [],
        "duties": [str(one) for one in Duty.objects.filter(user__person_id=person_id)],
    }


def erase(person_id: UUID) -> None:
    """Reviews that were handed in stand, of a reviewer without a name: a decision leans on them.
    All else goes: what was half written, interests, training, duties."""
    mine = Seat.objects.filter(user__person_id=person_id)
    half = mine.filter(state__in=(SeatState.INVITED, SeatState.ACCEPTED))
    Judgement.objects.filter(seat__in=mine.exclude(state=SeatState.SUBMITTED)).delete()
    left = [seat.submission for seat in half.select_related("submission")]
    half.update(state=SeatState.STOOD_DOWN, summary="")
    for one in left:
        complete_if_done(one)
    for model in (Interest, Reviewer, Duty):
        model._default_manager.filter(user__person_id=person_id).delete()


REVIEWS = PersonalDataExport(
    key="assessment.reviews", title="Reviews", export=export, erase=erase, order=5
)
