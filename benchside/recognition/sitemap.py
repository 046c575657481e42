"""Every public address of quality marks, and of what registers say of themselves."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.recognition.marks import queries
from benchside.recognition.registers import queries as registers


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("recognition:marks"), None
    for mark in queries.marks():
        yield reverse("recognition:mark", args=[mark.slug]), None
        for award in queries.register(mark):
            yield reverse("recognition:award", args=[mark.slug, award.number]), None
    yield reverse("recognition:registers"), None
    for register in registers.registers():
        yield reverse("recognition:register_about", args=[register.slug]), None
