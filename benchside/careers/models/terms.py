"""The vocabularies: the words that roles are sorted, filtered and compared by."""

from typing import ClassVar

from django.db import models
from django.urls import reverse


class Term(models.Model):
    """A word of a vocabulary: a slug that never changes and a name that may."""

    slug = models.SlugField(max_length=80, unique=True)
    name = models.CharField(max_length=120)
    order = models.PositiveSmallIntegerField(default=0)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True
        ordering: ClassVar = ["order", "name"]

    def __str__(self) -> str:
        return self.name


class Sector(Term):
    sentence = models.CharField(max_length=200)

    def get_absolute_url(self) -> str:
        return reverse("careers:sector", args=[self.slug])


class Subject(Term):
    pass


class Setting(Term):
    """Where the work is done."""


class SkillTerm(Term):
    pass


class KitTerm(Term):
    sentence = models.CharField(max_length=200)
    symbol = models.SlugField(max_length=40)
