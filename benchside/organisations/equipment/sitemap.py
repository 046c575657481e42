"""Every public address of the register, with the day it last changed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.organisations.models import Equipment


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("equipment:register"), None
    for one in Equipment.objects.public().only("pk", "updated_at").order_by("pk"):
        yield one.get_absolute_url(), one.updated_at.date()
