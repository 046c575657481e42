"""The one film model: taken in out of reach, drawn anew by a task, private until approved."""

import uuid
from typing import Any, ClassVar

from django.db import models
from django.db.models.fields.files import FieldFile
from django.urls import reverse
from django.utils import timezone

from benchside.core.film import SafeFilm
from benchside.core.models.images import Picture
from benchside.core.storage import PRIVATE, MediaStorage


class FilmState(models.TextChoices):
    WAITING = "waiting", "Waiting to be made ready"
    READY = "ready", "Ready"
    REFUSED = "refused", "Cannot be used"


class FilmFile(FieldFile):
    def save(self, name: str, content: Any, save: bool = True) -> None:
        """Store a film made safe, under a name that tells nothing. Raises TypeError for others."""
        if not isinstance(content, SafeFilm):
            raise TypeError("Only a SafeFilm is stored: use core.films.take_in().")
        super().save(str(content.name), content, save)


class FilmFileField(models.FileField):
    attr_class = FilmFile


def _folder(film: "Film", filename: str) -> str:
    return f"{PRIVATE}films/{film.key.hex}/{filename}"


class Film(models.Model):
    """A film, drawn anew before it is stored where it can be played (see `core.film`).

    `incoming` names the raw upload in a place nothing serves, for as long as it waits. The film
    itself always lies in the private storage; a view hands it out to everyone only while
    `approved_at` is set, so that withdrawing is one change and moves no file. `captions` are
    WebVTT as `core.captions` writes it.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    state = models.CharField(
        max_length=10, choices=FilmState.choices, default=FilmState.WAITING, editable=False
    )
    refusal = models.CharField(max_length=20, blank=True, help_text="A code of core.film.REMEDIES.")
    incoming = models.CharField(max_length=100, blank=True, editable=False)
    file = FilmFileField(upload_to=_folder, storage=MediaStorage(), max_length=150, blank=True)
    poster = models.OneToOneField(
        Picture, on_delete=models.SET_NULL, null=True, blank=True, related_name="poster_of"
    )
    description = models.CharField("what it shows", max_length=255)
    captions = models.TextField(blank=True)
    transcript = models.TextField(blank=True)
    seconds = models.FloatField(null=True, blank=True, editable=False)
    width = models.PositiveIntegerField(null=True, blank=True, editable=False)
    height = models.PositiveIntegerField(null=True, blank=True, editable=False)
    has_sound = models.BooleanField(default=False, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    approved_at = models.DateTimeField(null=True, blank=True, editable=False)

    class Meta:
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=~models.Q(state="ready") | ~models.Q(file=""),
                name="core_film_ready_has_file",
            ),
            models.CheckConstraint(
                condition=models.Q(approved_at__isnull=True)
                | (
                    models.Q(state="ready")
                    & ~models.Q(description="")
                    & ~models.Q(transcript="")
                    & (models.Q(has_sound=False) | ~models.Q(captions=""))
                ),
                name="core_film_approved_is_told_in_words",
            ),
        ]

    def __str__(self) -> str:
        return self.description or self.key.hex

    @property
    def is_approved(self) -> bool:
        return self.approved_at is not None

    @property
    def is_ready(self) -> bool:
        return self.state == FilmState.READY

    @property
    def url(self) -> str:
        """Where it is played: by everyone once approved, before that by who may see it."""
        return reverse(f"core:{self._shelf}_film", args=[self.key])

    @property
    def captions_url(self) -> str:
        return reverse(f"core:{self._shelf}_captions", args=[self.key]) if self.captions else ""

    @property
    def _shelf(self) -> str:
        return "public" if self.is_approved else "private"
