"""Every public address of quality marks and registers."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.recognition.entries import queries as registers
from benchside.recognition.marks import queries

MOST = 30_000  # entries; a sitemap may hold 50,000 addresses in all (sitemaps.org)


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("recognition:marks"), None
    for mark in queries.marks():
        yield reverse("recognition:mark", args=[mark.slug]), None
        for award in queries.register(mark):
            yield reverse("recognition:award", args=[mark.slug, award.number]), None
    for register in registers.registers():
        yield reverse("recognition:register", args=[register.slug]), None
        yield reverse("recognition:statuses", args=[register.slug]), None
    for slug, number in registers.standing(MOST):
        yield reverse("recognition:entry", args=[slug, number]), None
