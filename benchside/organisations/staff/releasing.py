"""What readers see of censuses: worked out once, kept, and never worked out again."""

from dataclasses import asdict
from typing import NamedTuple

from benchside.core import releases
from benchside.core.disclosure import WORKFORCE
from benchside.core.releases import Census, Release, Told
from benchside.organisations.models import Organisation, StaffSnapshot


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


def shown_of(organisation: Organisation) -> list[StaffSnapshot]:
    """Censuses that readers see, oldest first."""
    return list(organisation.staff_snapshots.filter(shown__isnull=False).order_by("day"))


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
