"""How long photographs are kept, and how they follow those who are in them or sent them."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.registries import PersonalDataExport, Plain
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.people.models import MediaConsent
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Photo
from benchside.visibility.photos import sending

KIND = "photo:"
KEEP_REFUSED = timedelta(days=30)
KEEP_UNANSWERED = timedelta(days=60)
KEEP_ADDRESS = timedelta(days=30)


@daily(at="00:10")  # a yes ends with its day, and what it was to goes as soon as that is over
@task(attempts=3)
def forget_photos() -> None:
    """Destroy what was refused a month ago, what nobody answered for two, and what somebody in it
    said yes to for a time that is over; forget addresses.

    The rows stay, without picture, words or address, because they are counted.
    """
    now = timezone.now()
    refused = Photo.objects.filter(state=PhotoState.REFUSED, refused_at__lt=now - KEEP_REFUSED)
    for photo in refused.filter(picture__isnull=False).select_related("picture", "original"):
        with transaction.atomic():
            sending.forget(photo)
    asked = Photo.objects.filter(state=PhotoState.ASKED, asked_at__lt=now - KEEP_UNANSWERED)
    for photo in asked:
        sending.withdraw_photo(actor=SYSTEM, photo=photo)
    run_out = MediaConsent.objects.filter(
        subject__startswith=KIND, withdrawn_at__isnull=True, until__lt=timezone.localdate()
    )
    for subject in run_out.values_list("subject", flat=True).distinct().order_by("subject"):
        follow_consent({"subject": subject})
    approved = Photo.objects.filter(approved_at__lt=now - KEEP_ADDRESS).exclude(reply_to="")
    approved.update(reply_to="")


def follow_consent(payload: Mapping[str, Plain]) -> None:
    """Somebody in it took their yes back: the photograph goes."""
    subject = str(payload["subject"])
    if not subject.startswith(KIND):
        return
    photo = Photo.objects.filter(key=subject.removeprefix(KIND)).first()
    if photo is not None and photo.state != PhotoState.WITHDRAWN:
        sending.withdraw_photo(actor=SYSTEM, photo=photo)


# --- what one person sent ------------------------------------------------------------------------
def export(person_id: UUID) -> dict[str, Any]:
    rows = Photo.objects.filter(person_id=person_id).order_by("received_at")
    return {
        "photographs": [
            {
                "sent": photo.received_at.isoformat(),
                "state": photo.get_state_display(),
                "caption": photo.caption,
                "from": photo.display_name,
                "email": photo.reply_to,
                "question": photo.question,
                "answer": photo.answer,
            }
            for photo in rows
        ]
    }


def erase(person_id: UUID) -> None:
    """Take back all that a person sent, and forget that it was them."""
    sent = Photo.objects.filter(person_id=person_id)
    for photo in sent.exclude(state=PhotoState.WITHDRAWN):
        sending.withdraw_photo(actor=SYSTEM, photo=photo)
    sent.update(person_id=None)


EXPORT = PersonalDataExport(
    key="visibility.photos", title="Photographs", export=export, erase=erase
)
