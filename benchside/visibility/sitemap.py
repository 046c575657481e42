"""Every public address of the room: of people, pictures, competitions and exhibitions that are
public, and no other."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.visibility.circles import EVERYONE, people
from benchside.visibility.contests import sitemap as contests
from benchside.visibility.exhibitions import sitemap as exhibitions
from benchside.visibility.photos import wall_sitemap

MOST = 40_000  # a sitemap may hold 50,000 addresses


def entries() -> Iterator[tuple[str, date | None]]:
    """Without days: when somebody last changed what they hide is nobody's business."""
    yield reverse("visibility:directory"), None
    shown = people(EVERYONE).values_list("profile__public_id", flat=True)
    for public_id in shown[:MOST]:
        yield reverse("visibility:person", args=[public_id]), None
    yield from contests.entries()
    yield from exhibitions.entries()
    yield from wall_sitemap.entries()
