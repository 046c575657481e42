"""What happens to films: taken in, made ready, made public, taken back, destroyed.

A room's own action calls these; none of them is a verb of its own. A film is made ready by a task
that takes about as long as the film lasts. Until then the raw file lies under `incoming/`, from
where no address leads, and it is deleted as soon as it is ready or refused, or after two days.

A room that has a film to show keeps a foreign key to `core.Film` and listens to `film.ready` and
`film.refused`.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import partial
from typing import Any

from django.core.files.base import File
from django.core.files.storage import storages
from django.db import transaction
from django.utils import timezone

from benchside.core import film as films
from benchside.core import pictures
from benchside.core.actions import Refused
from benchside.core.film import FilmRefused
from benchside.core.models import Film, FilmState, Picture
from benchside.core.registries import Event, events, publish
from benchside.core.schedule import daily
from benchside.core.storage import PRIVATE, MediaStorage
from benchside.core.tasks import task

INCOMING = "incoming/films/"
KEEP_INCOMING = timedelta(days=2)

READY = events.register(Event(key="film.ready", fields=frozenset({"film_id"})))
REFUSED = events.register(Event(key="film.refused", fields=frozenset({"film_id", "code"})))
APPROVED = events.register(Event(key="film.approved", fields=frozenset({"film_id"})))
WITHDRAWN = events.register(Event(key="film.withdrawn", fields=frozenset({"film_id"})))

# Rooms add who may see a film that is not public: who sent it, a reviewer.
viewers: list[Callable[[Any, Film], bool]] = []


def may_see(user: Any, film: Film) -> bool:
    """Whether `user` may play a film that is not public."""
    return user.is_authenticated and any(may(user, film) for may in viewers)


def take_in(file: File, *, description: str = "") -> Film:
    """Keep an upload out of reach and queue its making ready; returns the film that waits.

    Raises FilmRefused for what can be told at once: its size, and that it is no film.
    """
    file.seek(0)
    head = file.read(1024)
    file.seek(0)
    if not head:
        raise FilmRefused("empty")
    if (file.size or 0) > films.MAX_BYTES:
        raise FilmRefused("too_large")
    if not films.looks_like_film("", head):
        raise FilmRefused("unknown")
    film = Film(description=description)
    film.incoming = storages["private"].save(f"{INCOMING}{film.key.hex}", file)
    with transaction.atomic():
        film.save()
        make_ready.enqueue(film.pk)
    return film


@task(attempts=3, priority=-10)  # as long as the film lasts: all else goes first
def make_ready(film_id: int) -> None:
    """Draw a waiting film anew and store it. May run twice: the second finds nothing waiting."""
    film = Film.objects.filter(pk=film_id, state=FilmState.WAITING).first()
    if film is None:
        return
    try:
        with storages["private"].open(film.incoming) as raw, films.made_safe(raw) as safe:
            _store(film, safe)
    except FilmRefused as refused:
        _refuse(film, str(refused.code))
    except FileNotFoundError:
        _refuse(film, "broken")


def _store(film: Film, safe: films.SafeFilm) -> None:
    poster = Picture(title="Poster", description=film.description or "A moment of the film.")
    poster.file.save(str(safe.poster.name), safe.poster, save=False)
    film.file.save(str(safe.name), safe, save=False)
    shape = safe.shape
    with transaction.atomic():
        if not _still_waiting(film):  # withdrawn, or made ready by another worker, meanwhile
            transaction.on_commit(
                partial(_delete_files, str(film.file.name), str(poster.file.name))
            )
            return
        poster.save()
        Film.objects.filter(pk=film.pk).update(
            state=FilmState.READY, file=film.file.name, poster=poster, incoming="",
            seconds=shape.seconds, width=shape.width, height=shape.height,
            has_sound=shape.has_sound,
        )  # fmt: skip
        transaction.on_commit(partial(_delete_incoming, film.incoming), robust=True)
        publish(READY.key, film_id=film.pk)


def _refuse(film: Film, code: str) -> None:
    with transaction.atomic():
        if not _still_waiting(film):
            return
        Film.objects.filter(pk=film.pk).update(state=FilmState.REFUSED, refusal=code, incoming="")
        transaction.on_commit(partial(_delete_incoming, film.incoming), robust=True)
        publish(REFUSED.key, film_id=film.pk, code=code)


def _still_waiting(film: Film) -> bool:
    held = Film.objects.select_for_update().filter(pk=film.pk, state=FilmState.WAITING)
    return held.exists()


def make_public(film: Film) -> None:
    """Let everyone play it, its poster with it. Raises Refused for what is not there yet."""
    with transaction.atomic():
        held = Film.objects.select_for_update(of=("self",)).select_related("poster").get(pk=film.pk)
        _check_words(held)
        if held.poster:
            pictures.make_public(held.poster)
        held.approved_at = film.approved_at = timezone.now()
        held.save(update_fields=["approved_at"])
        publish(APPROVED.key, film_id=film.pk)


def _check_words(film: Film) -> None:
    if not film.is_ready:
        raise Refused("This film is not ready yet.", "Wait until it is, then publish it.")
    if not film.description.strip():
        raise Refused("Nothing says what this film shows.", "Describe it, then publish it.")
    if film.has_sound and not film.captions.strip():
        raise Refused("This film has no captions.", "Add captions, then publish it.")
    if not film.transcript.strip():
        raise Refused("This film has no transcript.", "Add one, then publish it.")


def make_private(film: Film) -> None:
    """Take it back: from the next request on nobody is handed the film or its captions."""
    with transaction.atomic():
        film.approved_at = None
        Film.objects.filter(pk=film.pk).update(approved_at=None)
        if film.poster:
            pictures.make_private(film.poster)
        publish(WITHDRAWN.key, film_id=film.pk)


def destroy(film: Film) -> None:
    """Delete record, film, poster and what may still be waiting; the files go at commit."""
    with transaction.atomic():
        make_private(film)
        poster, folder, incoming = film.poster, f"{PRIVATE}films/{film.key.hex}", film.incoming
        film.delete()
        if poster:
            pictures.destroy(poster)
        transaction.on_commit(partial(pictures.empty, folder), robust=True)
        transaction.on_commit(partial(_delete_incoming, incoming), robust=True)


def _delete_incoming(name: str) -> None:
    if name:
        storages["private"].delete(name)


def _delete_files(*names: str) -> None:
    for name in names:
        MediaStorage().delete(name)


@daily(at="03:40")
@task(attempts=3)
def forget_incoming() -> None:
    """Raw files that nobody made ready, and those whose record never came to be."""
    storage, before = storages["private"], timezone.now() - KEEP_INCOMING
    for film in Film.objects.filter(state=FilmState.WAITING, created_at__lt=before):
        _refuse(film, "broken")
    try:
        _, names = storage.listdir(INCOMING)
    except FileNotFoundError:
        return
    for name in names:
        if storage.get_modified_time(f"{INCOMING}{name}") < before:
            storage.delete(f"{INCOMING}{name}")
