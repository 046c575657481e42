"""The link by which a sender answers what we asked: signed, and good for this photograph alone."""

from django.conf import settings
from django.core import signing
from django.urls import reverse

from benchside.core.actions import Actor
from benchside.visibility.models import Photo
from benchside.visibility.photos.states import LINK

SALT = "visibility.photo.answer"


def answer_url(photo: Photo) -> str:
    token = signing.dumps(photo.key.hex, salt=SALT)
    return f"{settings.BASE_URL}{reverse('visibility:photo_answer', args=[token])}"


def photo_of(token: str) -> Photo | None:
    """None for a token that was not made here or whose photograph is gone."""
    try:
        key = signing.loads(token, salt=SALT)
    except signing.BadSignature:
        return None
    return Photo.objects.filter(key=key).select_related("picture").first()


def holder_of(photo: Photo) -> Actor:
    return Actor.holding_link(scope=f"{LINK}:{photo.pk}")
