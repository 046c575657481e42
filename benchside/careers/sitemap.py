"""Every public address of the catalogue, with the day it last changed."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse
from django.utils import timezone

from benchside.careers.models import Role, Route, Sector


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("careers:roles"), None
    yield reverse("careers:quiz"), None
    yield reverse("careers:routes"), None
    for sector in Sector.objects.all():
        yield sector.get_absolute_url(), None
    for role in Role.objects.filter(live=True).only("slug", "updated_at"):
        yield role.get_absolute_url(), role.updated_at.date()
    today = timezone.localdate()
    for route in Route.objects.filter(roles__live=True).distinct():
        if route.is_open_on(today):
            yield route.get_absolute_url(), route.updated_at.date()
