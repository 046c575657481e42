"""The index by which entries are found, and what keeps an entry from being changed unseen."""

from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone

from benchside.core.models.audit import AppendOnly
from benchside.recognition.models.entries import Entry
from benchside.recognition.models.registers import Register


class NameKey(models.Model):
    """One way of typing one name (or the number) of an entry that everybody may see, as
    `entries.folding` makes them. Bytes, so that every database sorts them the same.

    Made from entries alone: it may be emptied and made anew at any time.
    """

    register = models.ForeignKey(
        Register, on_delete=models.CASCADE, related_name="+", db_index=False
    )
    key = models.BinaryField(max_length=260)
    entry = models.ForeignKey(Entry, on_delete=models.CASCADE, related_name="name_keys")

    class Meta:
        default_permissions = ()
        indexes: ClassVar = [
            # Holds all that a look-up reads, in the order in which it shows it.
            models.Index(fields=["register", "key", "entry"], name="recognition_look_up"),
        ]

    def __str__(self) -> str:
        return f"Key {self.pk}"


class KeptQuerySet(models.QuerySet[Any]):
    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class Kept(models.Model):
    """A link of a chain (`assessment.chain`). Triggers of the database refuse any change."""

    number = models.PositiveIntegerField()
    before = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    objects = KeptQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly


class EntrySeal(Kept):
    """What an entry said from a moment on: a keyed digest of its published fields, so that a name
    is neither kept here nor can be guessed, and nobody without the site's key can make one. `event`
    is the last link of its award's own chain then, and in the digest too."""

    entry = models.ForeignKey(Entry, on_delete=models.PROTECT, related_name="seals")
    recorded_at = models.DateTimeField(default=timezone.now)
    fields = models.CharField(max_length=64)
    event = models.CharField(max_length=64)

    class Meta:
        ordering: ClassVar = ["entry", "number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["entry", "number"], name="recognition_seal_once"),
        ]

    def __str__(self) -> str:
        return f"Seal {self.pk}"


class RegisterHead(Kept):
    """The whole register in one keyed digest: the last event and the last seal of every entry, of
    all that was recorded before `until`. Published, so that a later cut is found by anybody's
    copy."""

    register = models.ForeignKey(Register, on_delete=models.PROTECT, related_name="heads")
    until = models.DateTimeField()
    made_at = models.DateTimeField(default=timezone.now)
    entries = models.PositiveIntegerField()
    covers = models.CharField(max_length=64)
    faults = models.JSONField("what did not hold when it was made", default=list)

    class Meta:
        ordering: ClassVar = ["register", "number"]
        default_permissions = ()
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["register", "number"], name="recognition_head_once"),
        ]

    def __str__(self) -> str:
        return f"Head {self.pk}"
