"""Counting photographs: how many came, what became of them, how long it took. Plain values only."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from statistics import median

A_DAY = timedelta(days=1)
ON, OFF = ("approved",), ("refused",)
WAITING = ("received", "queued", "once-approved", "asked", "hidden")


@dataclass(frozen=True, slots=True)
class Seen:
    """What is counted of one photograph. `group` is what it is counted under."""

    group: str
    state: str
    refused_for: str
    received_at: datetime
    approved_at: datetime | None


@dataclass
class Figures:
    """`hours` is the median from received to approved; `within_a_day` a share of 0 to 1. Both are
    None where nothing was approved."""

    received: int = 0
    approved: int = 0
    refused: int = 0
    withdrawn: int = 0
    waiting: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    waits: list[timedelta] = field(default_factory=list)

    def count(self, one: Seen) -> None:
        self.received += 1
        self.approved += one.state in ON
        self.refused += one.state in OFF
        self.waiting += one.state in WAITING
        self.withdrawn += one.state == "withdrawn"
        if one.refused_for:
            self.reasons[one.refused_for] += 1
        if one.state in ON and one.approved_at is not None:
            self.waits.append(max(one.approved_at - one.received_at, timedelta()))

    @property
    def hours(self) -> float | None:
        waits = [wait / timedelta(hours=1) for wait in self.waits]
        return median(waits) if waits else None

    @property
    def within_a_day(self) -> float | None:
        return sum(wait <= A_DAY for wait in self.waits) / len(self.waits) if self.waits else None


def figures(photos: Iterable[Seen]) -> Figures:
    found = Figures()
    for one in photos:
        found.count(one)
    return found


def by_group(photos: Sequence[Seen]) -> list[tuple[str, Figures]]:
    """Each group with its figures, the largest first."""
    found: dict[str, Figures] = {}
    for one in photos:
        found.setdefault(one.group, Figures()).count(one)
    return sorted(found.items(), key=lambda pair: (-pair[1].received, pair[0]))


def in_words(hours: float | None) -> str:
    """ "40 minutes", "3 hours", "2 days", or a dash."""
    if hours is None:
        return "-"
    if hours < 1:
        return _many(round(hours * 60), "minute")
    return _many(round(hours), "hour") if hours < 48 else _many(round(hours / 24), "day")


def _many(count: int, word: str) -> str:
    return f"{count} {word}" if count == 1 else f"{count} {word}s"
