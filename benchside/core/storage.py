"""Where files are: public ones the web server may hand out, private ones it may not.

`MediaStorage` is the one storage every field uses. The first part of a name decides:
`public/...` goes to the storage named "public", everything else to "private". Both are
aliases in settings, so an installation puts them on disks or in buckets as it likes.
"""

from typing import Any

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import FileSystemStorage, Storage, storages
from django.urls import reverse
from django.utils.deconstruct import deconstructible

from benchside.core.film import FilmRefused, SafeFilm, looks_like_film
from benchside.core.media import looks_like_picture, make_safe

PUBLIC = "public/"
PRIVATE = "private/"


class PublicStorage(FileSystemStorage):
    def __init__(self, **options: Any) -> None:
        super().__init__(location=settings.MEDIA_ROOT, base_url=settings.MEDIA_URL, **options)


class PrivateStorage(FileSystemStorage):
    """No address of its own: a view opens these after it has asked who is looking."""

    def __init__(self, **options: Any) -> None:
        super().__init__(location=settings.PRIVATE_MEDIA_ROOT, **options)

    def url(self, name: str | None) -> str:
        raise NotImplementedError("A private file has no address")


@deconstructible(path="benchside.core.storage.MediaStorage")
class MediaStorage(Storage):
    """Routes by the first part of the name, and lets no picture or film in that is not made safe.

    The second is here, below every field and form, so that no way in goes round it: a desk
    upload, the raw file Wagtail keeps between two steps of one, an API, an import.
    """

    def save(self, name: str | None, content: Any, max_length: int | None = None) -> str:
        """Store and return the name, which may differ: a picture's ending follows its content.

        Raises PictureRefused for what looks like a picture and cannot be made safe, and
        FilmRefused for a film that was not made safe before: that takes as long as it lasts.
        """
        name = str(name or content.name).replace("\\", "/")
        name, content = self._checked(name, content)
        prefix, storage, rest = self._route(name)
        room = max_length - len(prefix) if max_length else None
        return prefix + storage.save(rest, content, max_length=room)

    def delete(self, name: str) -> None:
        _, storage, rest = self._route(name)
        storage.delete(rest)

    def exists(self, name: str) -> bool:
        _, storage, rest = self._route(name)
        return storage.exists(rest)

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        _, storage, rest = self._route(path)
        return storage.listdir(rest)

    def size(self, name: str) -> int:
        _, storage, rest = self._route(name)
        return storage.size(rest)

    def path(self, name: str) -> str:
        _, storage, rest = self._route(name)
        return storage.path(rest)

    def url(self, name: str | None) -> str:
        prefix, storage, rest = self._route(name or "")
        if prefix == PRIVATE:
            return reverse("core:private_media", args=[rest])
        return storage.url(rest)

    def get_modified_time(self, name: str) -> Any:
        _, storage, rest = self._route(name)
        return storage.get_modified_time(rest)

    def _open(self, name: str, mode: str = "rb") -> File:
        _, storage, rest = self._route(name)
        return storage.open(rest, mode)

    def _route(self, name: str) -> tuple[str, Storage, str]:
        if name.startswith(PUBLIC):
            return PUBLIC, storages["public"], name.removeprefix(PUBLIC)
        if name.startswith(PRIVATE):
            return PRIVATE, storages["private"], name.removeprefix(PRIVATE)
        return "", storages["private"], name

    def _checked(self, name: str, content: Any) -> tuple[str, Any]:
        content.seek(0)
        head = content.read(1024)
        content.seek(0)
        head = head if isinstance(head, bytes) else head.encode()
        if isinstance(content, SafeFilm):
            return name, content
        if looks_like_film(name, head):
            raise FilmRefused("unprepared")
        if not looks_like_picture(name, head):
            return name, content
        safe = make_safe(content)
        stem, _, ending = name.rpartition(".")
        has_ending = stem and "/" not in ending
        return f"{stem if has_ending else name}.{str(safe.name).rpartition('.')[2]}", safe
