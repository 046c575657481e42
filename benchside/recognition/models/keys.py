"""What all keys of this installation have in common, whatever they sign."""

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils import timezone


class KeptKey(models.Model):
    """The public half of a key, and whether it signs now. The private half lies in a file outside
    the database.

    One of a kind is in use at a time. The public half of a retired one stays, so that what it
    signed can still be checked; nothing that a compromised one signed counts any more.
    """

    fragment = models.SlugField(max_length=40, unique=True)
    public = models.CharField(max_length=80, unique=True)
    is_current = models.BooleanField(default=True)
    made_at = models.DateTimeField(default=timezone.now, editable=False)
    retired_at = models.DateTimeField(null=True, editable=False)
    compromised_at = models.DateTimeField(null=True, editable=False)

    class Meta:
        abstract = True
        ordering: ClassVar = ["-made_at", "-pk"]
        default_permissions = ()

    def __str__(self) -> str:
        return self.fragment


def held_to(*, one: str, retired: str, given_up: str) -> list[models.BaseConstraint]:
    """What the database sees to for a kind of key, under these names."""
    return [
        models.UniqueConstraint(fields=["is_current"], condition=Q(is_current=True), name=one),
        models.CheckConstraint(
            condition=Q(is_current=True, retired_at__isnull=True)
            | Q(is_current=False, retired_at__isnull=False),
            name=retired,
        ),
        models.CheckConstraint(
            condition=Q(compromised_at__isnull=True) | Q(is_current=False), name=given_up
        ),
    ]
