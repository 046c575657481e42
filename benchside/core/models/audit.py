"""What was done, by whom, to what: written once, never changed."""

import uuid
from typing import Any, ClassVar, NoReturn

from django.db import models
from django.utils import timezone


class AppendOnly(Exception):  # noqa: N818 - said aloud, "append only" is the refusal
    """An audit event was about to be changed or deleted."""

    def __init__(self) -> None:
        super().__init__("Audit events are append-only: write another that says what changed.")


class ActorKind(models.TextChoices):
    USER = "user", "somebody signed in"
    LINK = "link", "somebody holding a link"
    VISITOR = "visitor", "a visitor nobody knows"
    SYSTEM = "system", "Benchside itself"


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    def about(self, subject: models.Model) -> "AuditQuerySet":
        return self.filter(subject_type=subject._meta.label, subject_id=str(subject.pk))

    def by(self, person_id: uuid.UUID) -> "AuditQuerySet":
        return self.filter(actor=person_id)

    def update(self, **values: Any) -> NoReturn:
        raise AppendOnly

    def bulk_update(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly

    def delete(self) -> NoReturn:
        raise AppendOnly


class AuditEvent(models.Model):
    """One act. Holds opaque ids only, so that erasing a person leaves the record whole.

    Written by `core.actions` and by nothing else. Triggers of the database refuse what goes
    round this class (`core_auditevent_no_update`, `core_auditevent_no_delete`).
    """

    at = models.DateTimeField(default=timezone.now, editable=False, db_index=True)
    verb = models.CharField(max_length=80, db_index=True)
    actor = models.UUIDField(null=True, editable=False)
    actor_kind = models.CharField(max_length=20, choices=ActorKind, default=ActorKind.USER)
    subject_type = models.CharField(max_length=80)
    subject_id = models.CharField(max_length=64)
    detail = models.JSONField(default=dict)
    request_id = models.CharField(max_length=36, blank=True)

    objects = AuditQuerySet.as_manager()

    class Meta:
        indexes: ClassVar = [models.Index(fields=["subject_type", "subject_id"])]
        ordering: ClassVar = ["-at", "-pk"]
        constraints: ClassVar = [
            models.CheckConstraint(
                condition=models.Q(actor_kind=ActorKind.USER, actor__isnull=False)
                | models.Q(actor_kind=ActorKind.LINK)
                | models.Q(
                    actor_kind__in=[ActorKind.VISITOR, ActorKind.SYSTEM], actor__isnull=True
                ),
                name="core_auditevent_actor_fits_kind",
            )
        ]

    def __str__(self) -> str:
        return f"{self.verb} {self.subject_type} {self.subject_id}"

    def save(self, *args: Any, **options: Any) -> None:
        if not self._state.adding:
            raise AppendOnly
        super().save(*args, **options)

    def delete(self, *args: Any, **options: Any) -> NoReturn:
        raise AppendOnly
