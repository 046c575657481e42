"""Quality marks, and what their thin room keeps beside the engine's records."""

from typing import ClassVar

from django.db import models

from benchside.organisations.enums import Kind
from benchside.organisations.models import Organisation


class MarkQuerySet(models.QuerySet["Mark"]):
    def open_to(self, organisation: Organisation) -> "MarkQuerySet":
        """The marks an organisation of its kind may apply for."""
        return self.filter(is_open=True, kind__in=("", organisation.kind))


class Mark(models.Model):
    """A quality mark that organisations apply for: what it is called, and which standard it is.

    All else - questions, levels, reviews, decision, award - stands in the standard's file.
    """

    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    standard = models.SlugField(max_length=40, unique=True)
    about = models.TextField(max_length=4000, blank=True)
    price = models.CharField("what it costs, in words", max_length=200, blank=True)
    contact = models.EmailField(blank=True)
    is_open = models.BooleanField(default=True)
    kind = models.CharField(
        "for which kind of organisation", max_length=12, choices=Kind, blank=True
    )

    objects = MarkQuerySet.as_manager()

    class Meta:
        ordering: ClassVar = ["name"]
        default_permissions = ()
        permissions: ClassVar = [("run_marks", "Can run quality marks: applications, advisers")]

    def __str__(self) -> str:
        return self.name
