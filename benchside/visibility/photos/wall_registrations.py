"""What the wall and its moderation offer the rest of the house."""

from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from benchside.core import pictures
from benchside.core.models import Picture
from benchside.core.registries import PagePurge, Plain, measures, page_purges
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation_figures, wall_events

SHOWING_PHOTOS = ("/wall*", "/api/v1/wall*", "/campaigns/*", "/sitemap.xml")


def pages_with_photos(payload: Mapping[str, Plain]) -> Iterable[str]:
    return SHOWING_PHOTOS


def may_see_while_it_waits(user: Any, picture: Picture) -> bool:
    """A moderator sees what was sent in, also as it was before it was retouched."""
    if not user.has_perm("visibility.moderate_photo"):
        return False
    return Photo.objects.filter(Q(picture=picture) | Q(original=picture)).exists()


def register() -> None:
    for event in (wall_events.PHOTO_SHOWN, wall_events.PHOTO_GONE):
        page_purges.register(
            PagePurge(key=f"wall.{event.key}", event=event.key, addresses=pages_with_photos)
        )
    pictures.viewers.append(may_see_while_it_waits)
    for measure in moderation_figures.MEASURES:
        measures.register(measure)
