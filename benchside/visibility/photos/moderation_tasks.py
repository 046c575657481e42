"""What follows a decision: sizes drawn, letters sent once nothing can be undone.

Each task carries the moment of the decision it was queued for. A decision that was taken back or
taken again since has another, and the task does nothing.
"""

from collections.abc import Mapping

from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils import timezone

from benchside.core import mail, pictures
from benchside.core.tasks import task
from benchside.visibility.enums import PhotoState, RefusedFor
from benchside.visibility.models import Photo
from benchside.visibility.photos import wall_events
from benchside.visibility.photos.moderation_links import answer_url
from benchside.visibility.photos.moderation_words import TOLD
from benchside.visibility.photos.wall_pictures import SPECS


@task(attempts=5, priority=10)
def draw(photo_id: int) -> None:
    """Draw every size of an approved photograph, then put it on the wall."""
    photo = Photo.objects.public().select_related("picture").filter(pk=photo_id).first()
    if photo is None or photo.picture is None:
        return
    photo.picture.get_renditions(*SPECS)
    with transaction.atomic():
        now_public = Photo.objects.public().filter(pk=photo.pk, picture=photo.picture)
        if now_public.update(drawn_at=timezone.now()):
            wall_events.shown(photo)


@task(attempts=5)
def settle_refusal(photo_id: int, stamp: str) -> None:
    """Destroy what it was before it was retouched, and tell the sender why it is not used."""
    with transaction.atomic():
        photo = _still(photo_id, PhotoState.REFUSED, "refused_at", stamp)
        if photo is None:
            return
        if photo.original is not None:
            pictures.destroy(photo.original)
        told = TOLD[RefusedFor(photo.refused_for)]
        _write_to_sender("visibility/photo_refused", photo, {"why": told.why, "do": told.do})


@task(attempts=5)
def send_question(photo_id: int, stamp: str) -> None:
    with transaction.atomic():
        photo = _still(photo_id, PhotoState.ASKED, "asked_at", stamp)
        if photo is not None:
            context = {"question": photo.question, "answer_url": answer_url(photo)}
            _write_to_sender("visibility/photo_question", photo, context)


def _still(photo_id: int, state: str, column: str, stamp: str) -> Photo | None:
    photo = Photo.objects.select_for_update(of=("self",)).filter(pk=photo_id, state=state).first()
    return photo if photo and getattr(photo, column).isoformat() == stamp else None


def _write_to_sender(name: str, photo: Photo, context: Mapping[str, object]) -> None:
    """To the address left with it, else to the account it came from; to nobody where neither is."""
    address = photo.reply_to
    if not address and photo.person_id is not None:
        accounts = get_user_model().objects.filter(person_id=photo.person_id, is_active=True)
        address = accounts.values_list("email", flat=True).first() or ""
    if address:
        known: dict[str, object] = {
            "caption": photo.caption,
            "sent_on": timezone.localdate(photo.received_at),
        }
        mail.send(name, address, {**known, **context}, reply_to=settings.SAFEGUARDING_EMAIL)
