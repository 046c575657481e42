"""Quality marks, and what their thin room keeps beside the engine's records."""

from typing import ClassVar

from django.db import models


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

    class Meta:
        ordering: ClassVar = ["name"]
        default_permissions = ()
        permissions: ClassVar = [("run_marks", "Can run quality marks: applications, advisers")]

    def __str__(self) -> str:
        return self.name
