"""Every public address of the directory: of people who are public, and of nobody else."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.visibility.campaigns import sitemap as campaigns
from benchside.visibility.circles import EVERYONE, people

MOST = 40_000  # a sitemap may hold 50,000 addresses


def entries() -> Iterator[tuple[str, date | None]]:
    """Without days: when somebody last changed what they hide is nobody's business."""
    yield reverse("visibility:directory"), None
    shown = people(EVERYONE).values_list("profile__public_id", flat=True)
    for public_id in shown[:MOST]:
        yield reverse("visibility:person", args=[public_id]), None
    yield from campaigns.entries()
