"""Every public address of exhibitions."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.visibility.exhibitions.queries import public_exhibitions


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("visibility:exhibitions"), None
    for one in public_exhibitions():
        yield one.get_absolute_url(), None
