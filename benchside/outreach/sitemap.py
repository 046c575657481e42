"""Every public address of outreach."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("outreach:orders"), None
