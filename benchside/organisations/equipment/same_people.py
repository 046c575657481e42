"""Two records that are one person: what one runs and is asked about is the other's, and back.

Called inside a transaction. Where both are named with an item the word that stays is that of the
record that stays; the other's is left behind with a record nobody sees, or goes with it.
"""

from datetime import datetime
from typing import TypedDict

from django.db.models import Q

from benchside.organisations.models import Equipment, Runs
from benchside.people.models import Technician


class Moved(TypedDict):
    """Keys of what went over: of `Runs`, and of equipment whose technician to ask it is."""

    runs: list[int]
    asked: list[int]


def hand_over(gone: Technician, kept: Technician, organisation_id: int | None = None) -> Moved:
    """Of one organisation's equipment, or of all."""
    runs = Runs.objects.filter(technician=gone)
    asked = Equipment.objects.filter(contact=gone)
    if organisation_id is not None:
        runs = runs.filter(equipment__organisation=organisation_id)
        asked = asked.filter(organisation=organisation_id)
    named = Runs.objects.filter(technician=kept, ended_on=None)
    said_twice = Q(ended_on=None, equipment__in=named.values("equipment"))
    moved = Moved(
        runs=list(runs.exclude(said_twice).order_by("pk").values_list("pk", flat=True)),
        asked=list(asked.order_by("pk").values_list("pk", flat=True)),
    )
    Runs.objects.filter(pk__in=moved["runs"]).update(technician=kept)
    Equipment.objects.filter(pk__in=moved["asked"]).update(contact=kept)
    return moved


def hand_back(moved: Moved, gone: Technician, kept: Technician, since: datetime) -> None:
    """As it was, but for what has changed `since`: a word the person has given stays theirs, and
    so does an item that somebody else is asked about by now."""
    unasked = Q(confirmed_at=None) | Q(confirmed_at__lt=since)
    Runs.objects.filter(unasked, pk__in=moved["runs"], technician=kept).update(technician=gone)
    Equipment.objects.filter(pk__in=moved["asked"], contact=kept).update(contact=gone)
