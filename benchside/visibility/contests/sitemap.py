"""Every public address of competitions. Winners are listed from their minute on."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.visibility.contests.queries import public_competitions


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("visibility:competitions"), None
    for one in public_competitions():
        yield one.get_absolute_url(), None
        if one.is_announced:
            yield reverse("visibility:competition_winners", args=[one.slug]), None
