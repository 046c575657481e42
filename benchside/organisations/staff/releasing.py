"""What readers see of censuses: worked out once, kept, and never worked out again."""

from dataclasses import asdict
from datetime import date
from typing import NamedTuple

from django.db.models import QuerySet

from benchside.core import releases
from benchside.core.disclosure import WORKFORCE
from benchside.core.releases import Census, Release, Told
from benchside.organisations.models import Organisation, StaffSnapshot

# The census of the Higher Education Statistics Agency is on 1 December; its year ends on 31 July.
CENSUS_DAYS = ((12, 1), (7, 31))


def is_census(day: date) -> bool:
    return (day.month, day.day) in CENSUS_DAYS


class Moves(NamedTuple):
    joined: int
    left: int


def show(snapshot: StaffSnapshot) -> None:
    """Show a census from now on, if it may follow those shown before."""
    earlier, moves = _history(snapshot)
    shown = releases.release(earlier, _census(snapshot, moves), policy=WORKFORCE)
    if shown is not None:
        snapshot.shown = asdict(shown)
        snapshot.save(update_fields=["shown"])


def snapshots_of(organisation: Organisation) -> QuerySet[StaffSnapshot]:
    """Every day that was counted, the latest first."""
    return StaffSnapshot.objects.filter(organisation=organisation).order_by("-day")


def shown_of(organisation: Organisation) -> list[StaffSnapshot]:
    """Censuses that readers see, oldest first."""
    return list(snapshots_of(organisation).filter(shown__isnull=False).order_by("day"))


def held_after(organisation: Organisation, shown: StaffSnapshot) -> date | None:
    """The day of the latest census after one that is shown: held back, for too few moved."""
    later = snapshots_of(organisation).filter(day__gt=shown.day, shown__isnull=True)
    return next((one.day for one in later if is_census(one.day)), None)


def next_census(day: date) -> date:
    """The first census date after a day."""
    days = (date(year, *when) for year in (day.year, day.year + 1) for when in CENSUS_DAYS)
    return min(one for one in days if one > day)


def _history(snapshot: StaffSnapshot) -> tuple[list[Told], Moves]:
    """What was shown before, and how many came and went since the last of it."""
    told: list[Told] = []
    joined = left = 0
    before = snapshot.organisation.staff_snapshots.filter(day__lte=snapshot.day)
    for one in before.order_by("day"):
        joined, left = joined + one.joined, left + one.left
        if one.shown is not None:
            told.append(Told(_census(one, Moves(joined, left)), Release(**one.shown)))
            joined = left = 0
    return told, Moves(joined, left)


def _census(snapshot: StaffSnapshot, moves: Moves) -> Census:
    return Census(snapshot.people, snapshot.counts, moves.joined, moves.left)
