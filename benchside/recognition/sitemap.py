"""Every public address of marks, registers, awards to nominate for, and badges. Entries of the
registers have an index of their own (`entries/sitemaps.py`)."""

from collections.abc import Iterator
from datetime import date

from django.urls import reverse

from benchside.recognition.credentials.designs import badge_version, with_badges
from benchside.recognition.entries import queries as registers
from benchside.recognition.marks import queries
from benchside.recognition.nominations import queries as nominations


def entries() -> Iterator[tuple[str, date | None]]:
    yield reverse("recognition:marks"), None
    for mark in queries.marks():
        yield reverse("recognition:mark", args=[mark.slug]), None
        for award in queries.register(mark):
            yield reverse("recognition:award", args=[mark.slug, award.number]), None
    yield reverse("recognition:nomination_rounds"), None
    for one in nominations.rounds():
        yield reverse("recognition:nomination_round", args=[one.slug]), None
    yield reverse("recognition:verify"), None
    yield reverse("recognition:badges"), None
    for key in with_badges():
        if badge_version(key) is not None:
            yield reverse("recognition:badge", args=[key]), None
    yield reverse("recognition:registers"), None
    for register in registers.registers():
        yield reverse("recognition:register", args=[register.slug]), None
        yield reverse("recognition:register_about", args=[register.slug]), None
        yield reverse("recognition:statuses", args=[register.slug]), None
