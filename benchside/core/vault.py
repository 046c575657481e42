"""Where the bytes of evidence and of exports lie: privately, named by their own digest.

A file's name holds the SHA-256 of what is in it. So writing it twice is harmless, half a file left
by a killed process is known by not being what its name says, and nobody reads bytes that changed.
"""

import hashlib
import logging

from django.core.files.base import ContentFile

from benchside.core.media import SafeImage
from benchside.core.storage import MediaStorage

logger = logging.getLogger(__name__)
storage = MediaStorage()


class Damaged(Exception):  # noqa: N818 - what is stored is not what was put there
    """The bytes are gone, or are not those that were put there."""


def digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def put(folder: str, ending: str, data: bytes, *, is_picture: bool = False) -> str:
    """Store the bytes below `folder`, once; returns their name."""
    name = f"{folder}/{digest(data)}{ending}"
    if storage.exists(name):
        if _read(name) == data:
            return name
        storage.delete(name)  # half of it, left by somebody who was stopped
    content = SafeImage(data, name) if is_picture else ContentFile(data, name=name)
    return storage.save(name, content)


def get(name: str, wanted: str) -> bytes:
    """The bytes that were put there. Raises Damaged, and says so in the log, when they are not."""
    data = _read(name)
    if data is None or digest(data) != wanted:
        logger.error("Stored file %s is %s", name, "gone" if data is None else "not what it was")
        raise Damaged(name)
    return data


def _read(name: str) -> bytes | None:
    try:
        with storage.open(name) as file:
            return bytes(file.read())
    except OSError:
        return None


def drop(name: str) -> None:
    if name:
        storage.delete(name)


def names_below(folder: str) -> list[str]:
    """Every file below a folder, with its whole name; none where there is no such folder."""
    try:
        folders, files = storage.listdir(folder)
    except OSError:
        return []
    found = [f"{folder}/{one}" for one in files]
    for one in folders:
        found += names_below(f"{folder}/{one}")
    return found
