"""Every public address of quality marks."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.recognition.marks import queries


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("recognition:marks"), None
    for mark in queries.marks():
        yield reverse("recognition:mark", args=[mark.slug]), None
        for award in queries.register(mark):
            yield reverse("recognition:award", args=[mark.slug, award.number]), None
