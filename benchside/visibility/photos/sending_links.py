"""The links of a sender: the mark of one visit in the form, and the page where they follow it.

Both are signed here. The second opens what was sent in that visit, and nothing else.
"""

import uuid

from django.conf import settings
from django.core import signing
from django.db.models import QuerySet
from django.urls import reverse

from benchside.core.actions import Actor
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Photo
from benchside.visibility.photos.states import LINK

VISIT = "visibility.photo.visit"
FOLLOW = "visibility.photo.follow"


def new_visit() -> str:
    return signing.dumps(uuid.uuid4().hex, salt=VISIT)


def read_visit(token: str) -> uuid.UUID | None:
    """None for a mark that was not made here, or that is older than two days."""
    try:
        return uuid.UUID(signing.loads(token, salt=VISIT, max_age=2 * 24 * 60 * 60))
    except (signing.BadSignature, ValueError):
        return None


def follow_url(sending: uuid.UUID) -> str:
    return reverse("visibility:photos_sent", args=[signing.dumps(sending.hex, salt=FOLLOW)])


def full_follow_url(sending: uuid.UUID) -> str:
    return f"{settings.BASE_URL}{follow_url(sending)}"


def sent_with(token: str) -> QuerySet[Photo] | None:
    """What was sent in a visit, withdrawn ones left out; None for a link that is none of ours."""
    try:
        sending = signing.loads(token, salt=FOLLOW)
    except signing.BadSignature:
        return None
    photos = Photo.objects.filter(sending=sending).exclude(state=PhotoState.WITHDRAWN)
    return photos.select_related("picture", "role").order_by("pk")


def holder_of(photo: Photo) -> Actor:
    return Actor.holding_link(scope=f"{LINK}:{photo.pk}")
