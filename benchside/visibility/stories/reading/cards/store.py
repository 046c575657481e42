"""Keeps drawn pictures of stories among the private files, in a folder a story.

No address leads to them but the view, which asks each time whether the story is still told. One is
drawn when it is first asked for and kept until what is on it changes, and all go when the story
does. So there are never more files than two a story.
"""

import threading
from functools import partial

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from benchside.visibility.stories.reading.cards.rendering import Card, Shape, render
from benchside.visibility.stories.reading.queries import LARGE
from benchside.visibility.stories.reading.shown import Told

FOLDER = "story-cards"
PATIENCE = 10.0  # seconds a request waits for another picture to be done

_press = threading.BoundedSemaphore(1)


class BusyError(Exception):
    """Another picture is being drawn, and has been for longer than anyone should wait."""


def card_of(story: Told, shape: Shape) -> Card:
    return Card(
        shape=shape,
        number=story.role.plate_number if story.role else "–",
        who=story.who,
        hook=story.hook,
        job=story.does,
        employer=story.employer,
        place=story.region or story.nation,
        way=story.way_name,
        photo=story.photo.file_hash if story.photo else "",
    )


def picture_of(story: Told, shape: Shape) -> tuple[bytes, str]:
    """The PNG and its fingerprint. Raises BusyError."""
    card = card_of(story, shape)
    storage = storages["private"]
    name = f"{FOLDER}/{story.slug}/{shape}-{card.fingerprint}.png"
    if not storage.exists(name):
        if not _press.acquire(timeout=PATIENCE):
            raise BusyError
        try:
            if not storage.exists(name):
                _keep(storage, name, render(card, partial(_photo, story) if story.photo else None))
        finally:
            _press.release()
    with storage.open(name) as file:
        return file.read(), card.fingerprint


def forget(slug: str) -> None:
    """Delete every picture drawn of a story. Without any there is nothing to do."""
    storage = storages["private"]
    for name in _files(storage, f"{FOLDER}/{slug}"):
        storage.delete(name)


def _keep(storage: Storage, name: str, png: bytes) -> None:
    folder, _, file = name.rpartition("/")
    shape = file.partition("-")[0]
    for old in _files(storage, folder):
        if old.startswith(f"{folder}/{shape}-"):
            storage.delete(old)
    storage.save(name, ContentFile(png))


def _files(storage: Storage, folder: str) -> list[str]:
    try:
        _, files = storage.listdir(folder)
    except FileNotFoundError:
        return []
    return [f"{folder}/{file}" for file in files]


def _photo(story: Told) -> bytes:
    with story.photo.get_rendition(LARGE).file.open() as file:
        return bytes(file.read())
