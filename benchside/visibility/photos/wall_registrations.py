"""What the wall and its moderation offer the rest of the house."""

import re
from collections.abc import Iterable, Mapping
from typing import Any

from django.db.models import Q

from benchside.core import kept_pictures, pictures
from benchside.core.actions import VISITOR
from benchside.core.models import Picture
from benchside.core.registries import (
    PagePurge,
    Plain,
    Subscription,
    measures,
    page_purges,
    subscriptions,
)
from benchside.visibility.models import Photo
from benchside.visibility.photos import moderation, moderation_figures, wall_events

ON_ITS_PAGE = re.compile(r"/wall/(?P<key>[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})/")
SHOWING_PHOTOS = ("/wall*", "/api/v1/wall*", "/campaigns/*", "/sitemap.xml")


def pages_with_photos(payload: Mapping[str, Plain]) -> Iterable[str]:
    return SHOWING_PHOTOS


def may_see_while_it_waits(user: Any, picture: Picture) -> bool:
    """A moderator sees what was sent in, also as it was before it was retouched."""
    if not user.has_perm("visibility.moderate_photo"):
        return False
    return Photo.objects.filter(Q(picture=picture) | Q(original=picture)).exists()


def count_report(payload: Mapping[str, Plain]) -> None:
    """A visitor is worried about a photograph: one word more, and after some it is hidden."""
    found = ON_ITS_PAGE.fullmatch(str(payload["about"]))
    photo = Photo.objects.on_wall().filter(key=found["key"]).first() if found else None
    if photo is not None:
        moderation.report(actor=VISITOR, photo=photo)


def register() -> None:
    # Told by the room above, so by name.
    subscriptions.register(
        Subscription(key="wall.reported", event="website.concern_reported", handle=count_report)
    )
    for event in (wall_events.PHOTO_SHOWN, wall_events.PHOTO_GONE):
        page_purges.register(
            PagePurge(key=f"wall.{event.key}", event=event.key, addresses=pages_with_photos)
        )
    pictures.viewers.append(may_see_while_it_waits)
    kept_pictures.keepers.extend(("photo", "photo_before"))
    for measure in moderation_figures.MEASURES:
        measures.register(measure)
