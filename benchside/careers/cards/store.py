"""Keeps rendered cards in public storage, by number and fingerprint.

A card is drawn when it is first asked for, one at a time in a process, and kept until what is
on it changes; then the new one takes its place. So there are never more files than roles, and
never more than one processor at work on them.
"""

import threading

from django.core.files.base import ContentFile
from django.core.files.storage import Storage, storages

from benchside.careers import pictures
from benchside.careers.cards.rendering import INK, Card, render
from benchside.careers.drawing import DrawingError
from benchside.careers.models import Role

FOLDER = "cards"
PATIENCE = 10.0  # seconds a request waits for another card to be done

_press = threading.BoundedSemaphore(1)


class BusyError(Exception):
    """Another card is being drawn, and has been for longer than anyone should wait."""


def card_of(role: Role) -> Card:
    drawing, box = _drawing(role)
    return Card(
        number=role.plate_number,
        of="/100",
        title=role.title,
        sentence=role.sentence,
        sector=role.sector.name,
        scale=f"Level {role.level}",
        drawing=drawing,
        box=box,
    )


def picture_of(role: Role) -> tuple[bytes, str]:
    """The card's PNG and its fingerprint. Raises BusyError."""
    card = card_of(role)
    storage, name = storages["public"], _name(card)
    if not storage.exists(name):
        if not _press.acquire(timeout=PATIENCE):
            raise BusyError
        try:
            if not storage.exists(name):
                _keep(storage, name, render(card))
        finally:
            _press.release()
    with storage.open(name) as file:
        return file.read(), card.fingerprint


def _name(card: Card) -> str:
    return f"{FOLDER}/{card.number}-{card.fingerprint}.png"


def _keep(storage: Storage, name: str, png: bytes) -> None:
    for old in _older(storage, name):
        storage.delete(old)
    storage.save(name, ContentFile(png))


def _older(storage: Storage, name: str) -> list[str]:
    number = name.removeprefix(f"{FOLDER}/").partition("-")[0]
    try:
        _, files = storage.listdir(FOLDER)
    except FileNotFoundError:  # the first card of all
        return []
    return [f"{FOLDER}/{file}" for file in files if file.startswith(f"{number}-")]


def _drawing(role: Role) -> tuple[str, tuple[float, float]]:
    """A role whose drawing is broken still gets a card, without it."""
    try:
        spec = pictures.spec_of(role)
        return pictures.composed(spec, INK, lettering=False), pictures.box_of(spec)
    except DrawingError:
        return "", (480, 360)
