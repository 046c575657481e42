"""What is known beside a photograph at the desk, in as few questions as it takes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.contrib.auth import get_user_model
from django.db.models import Count, Q

from benchside.core.models import AuditEvent
from benchside.people.models import MediaConsent
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Photo
from benchside.visibility.photos.wall_pictures import SMALLEST_SIDE

SAID = {
    "photo.approve": "Approved",
    "photo.approve-first": "First yes",
    "photo.refuse": "Refused",
    "photo.ask": "Asked",
    "photo.answer": "Answered by the sender",
    "photo.hide": "Taken off the wall",
    "photo.look-again": "Back in the queue",
    "photo.raise-child": "A child may be seen",
    "photo.retouch": "Covered or cut",
    "photo.restore": "Retouching taken back",
    "photo.describe": "Words mended",
    "photo.skip": "Skipped",
    "photo.undo": "Taken back",
    "photo.report": "Reported by a visitor",
    "photo.withdraw": "Withdrawn by the sender",
}


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    what: str
    who: str


@dataclass(frozen=True)
class Facts:
    """`alike` are photographs that look much the same, whatever became of them."""

    consents: list[MediaConsent]
    alike: list[Photo]
    history: list[Happening]
    is_small: bool


def facts_of(photo: Photo) -> Facts:
    alike = Q(near_duplicate_of=photo)
    if photo.near_duplicate_of_id:
        family = photo.near_duplicate_of_id
        alike |= Q(pk=family) | Q(near_duplicate_of=family)
    found = Photo.objects.filter(alike, picture__isnull=False).exclude(pk=photo.pk)
    picture = photo.picture
    return Facts(
        consents=list(MediaConsent.objects.of(photo.subject)),
        alike=list(found.select_related("picture").order_by("received_at")[:4]),
        history=_history(photo),
        is_small=picture is not None and min(picture.width, picture.height) < SMALLEST_SIDE,
    )


def _history(photo: Photo) -> list[Happening]:
    events = [e for e in AuditEvent.objects.about(photo)[:40] if e.verb in SAID]
    names = names_of({e.actor for e in events if e.actor})
    return [Happening(e.at, SAID[e.verb], names.get(e.actor, "")) for e in events]


def names_of(people: set[UUID]) -> dict[UUID | None, str]:
    """Names by opaque person id; somebody erased is called so by their own record."""
    users = get_user_model().objects.filter(person_id__in=people)
    return {user.person_id: user.get_full_name() for user in users}


def school_of(photo: Photo) -> str:
    """As typed, else of the pledge or the organisation it came through."""
    pledged = photo.pledge.school if photo.pledge else ""
    return photo.school or pledged or (photo.organisation.name if photo.organisation else "")


def counts() -> dict[str, int]:
    """How many stand in each state; a state without any counts nought."""
    rows = Photo.objects.order_by().values_list("state").annotate(count=Count("pk"))
    return {str(state): 0 for state in PhotoState} | dict(rows)
