"""Taking back the last thing one did: a slip of a finger costs nothing.

What was done is read from the audit trail. It can be taken back while nothing else has happened
to the photograph since; then it waits as if nobody had looked at it.
"""

from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.core.models import AuditEvent
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation
from benchside.visibility.photos.states import DECIDED
from benchside.visibility.rules import can_moderate

DONE = {
    "photo.approve": "approved",
    "photo.approve-first": "approved",
    "photo.refuse": "refused",
    "photo.ask": "asked about",
    "photo.skip": "skipped",
    "photo.raise-child": "marked: a child may be seen",
    "photo.retouch": "retouched",
}
AGO = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Last:
    """What somebody did last, and to which photograph."""

    photo: Photo
    verb: str

    @property
    def words(self) -> str:
        return DONE[self.verb]


def last_of(person_id: UUID) -> Last | None:
    """What can be taken back; None when there is nothing, or something came after it."""
    mine = AuditEvent.objects.by(person_id).filter(
        subject_type=Photo._meta.label, at__gt=timezone.now() - AGO
    )
    event = mine.filter(verb__in=DONE).first()
    if event is None:
        return None
    photo = Photo.objects.filter(pk=event.subject_id).first()
    if photo is None or AuditEvent.objects.about(photo).filter(pk__gt=event.pk).exists():
        return None
    return Last(photo, event.verb)


def undo(*, actor: Actor) -> Photo:
    """Take back what this moderator did last. Returns the photograph, held for them again.

    Raises Refused when there is nothing to take back.
    """
    last = last_of(actor.person_id) if actor.person_id else None
    if last is None:
        raise Refused("There is nothing to take back.", "Find the photograph in the list.")
    photo = last.photo
    with transaction.atomic(), acting("photo.undo", actor=actor, subject=photo, may=can_moderate):
        _take_back(actor, last)
        Photo.objects.filter(pk=photo.pk).update(look_after=photo.received_at)
    return photo


def _take_back(actor: Actor, last: Last) -> None:
    photo = last.photo
    if last.verb == "photo.retouch":
        moderation.restore(actor=actor, photo=photo)
    elif last.verb == "photo.raise-child":
        Photo.objects.filter(pk=photo.pk).update(child_may_be_seen=False)
        photo.child_may_be_seen = False
    elif photo.state in DECIDED:
        moderation.look_again(actor=actor, photo=photo)
