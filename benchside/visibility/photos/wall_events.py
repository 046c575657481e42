"""What the wall tells the others: a photograph is on it, or is off it."""

from benchside.core.registries import Event, events, publish
from benchside.visibility.models import Photo

PHOTO_SHOWN = events.register(Event(key="visibility.photo_shown", fields=frozenset({"photo_id"})))
PHOTO_GONE = events.register(Event(key="visibility.photo_gone", fields=frozenset({"photo_id"})))


def shown(photo: Photo) -> None:
    publish(PHOTO_SHOWN.key, photo_id=photo.pk)


def gone(photo: Photo) -> None:
    publish(PHOTO_GONE.key, photo_id=photo.pk)
