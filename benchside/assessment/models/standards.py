"""Versions of standards, as they were loaded."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone

from benchside.assessment.enums import Holder, VersionState
from benchside.assessment.standards import Standard


class StandardVersionQuerySet(models.QuerySet["StandardVersion"]):
    def in_force(self, key: str) -> "StandardVersion | None":
        """The published version of a standard that new submissions are made under today."""
        begun = self.filter(
            key=key, state=VersionState.PUBLISHED, valid_from__lte=timezone.localdate()
        )
        return begun.order_by("-valid_from", "-version").first()


class StandardVersion(models.Model):
    """One version of a standard. Once published its content is never changed: a new version is
    loaded instead, and what was begun under this one stays with it.

    `content` is the file as plain values, `digest` the SHA-256 of its canonical form.
    """

    key = models.SlugField(max_length=40)
    version = models.CharField(max_length=12)
    title = models.CharField(max_length=200)
    holder = models.CharField(max_length=12, choices=Holder)
    state = models.CharField(
        max_length=10, choices=VersionState, default=VersionState.DRAFT, editable=False
    )
    valid_from = models.DateField()
    adopt_by = models.DateField(null=True, blank=True)
    content = models.JSONField(editable=False)
    digest = models.CharField(max_length=64, editable=False)
    loaded_at = models.DateTimeField(default=timezone.now, editable=False)
    published_at = models.DateTimeField(null=True, editable=False)

    objects = StandardVersionQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["key", "-valid_from", "-version"]
        default_permissions = ()
        permissions: ClassVar = [("keep_standards", "Can load and publish standards")]
        constraints: ClassVar = [
            models.UniqueConstraint(fields=["key", "version"], name="assessment_version_once"),
            models.CheckConstraint(
                condition=Q(state=VersionState.DRAFT) | Q(published_at__isnull=False),
                name="assessment_version_published_at",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} ({self.version})"

    @property
    def standard(self) -> Standard:
        """What it says, checked once a process."""
        if self.digest not in _checked:
            _checked[self.digest] = Standard.model_validate(self.content, strict=False)
        return _checked[self.digest]


# By digest, so that a draft that is loaded again is read again. A handful in any installation.
_checked: dict[str, Standard] = {}
