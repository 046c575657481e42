"""Every public address of the catalogue, with the day it last changed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.careers.models import Role, Sector


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("careers:roles"), None
    yield reverse("careers:quiz"), None
    for sector in Sector.objects.all():
        yield sector.get_absolute_url(), None
    for role in Role.objects.filter(live=True).only("slug", "updated_at"):
        yield role.get_absolute_url(), role.updated_at.date()
