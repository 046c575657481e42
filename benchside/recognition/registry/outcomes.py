"""How long decisions take, and how they come out, by route and by what applicants said of
themselves. Counts leave through the disclosure rules; the last quarter that is whole is the newest
there is, so that two pages taken a day apart cannot be compared to find one person. No Django here.
"""

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from benchside.core.disclosure import WORKFORCE, ProtectedTable, protect_table

APPROVED, DECLINED, LEFT = "Approved", "Not approved", "Left or expired"
OUTCOMES = (APPROVED, DECLINED, LEFT)
UNSAID = "Not said"


@dataclass(frozen=True, slots=True)
class Decided:
    """One application that is over: by which route, how it came out, in how many days, and the
    groups its applicant put themselves in, by question."""

    route: str
    outcome: str
    days: int
    groups: Mapping[str, str]


def quarter_end(today: date) -> date:
    """The last day of the last quarter that is whole."""
    first = date(today.year, 3 * ((today.month - 1) // 3) + 1, 1)
    return first - timedelta(days=1)


def by_route(found: Iterable[Decided], routes: Sequence[str]) -> ProtectedTable | None:
    return _table(((one.route, one.outcome) for one in found), routes)


def by_group(
    found: Iterable[Decided], question: str, groups: Sequence[str]
) -> ProtectedTable | None:
    """Outcomes by one question, with those who said nothing."""
    pairs = ((one.groups.get(question) or UNSAID, one.outcome) for one in found)
    return _table(pairs, [*groups, UNSAID])


def _table(pairs: Iterable[tuple[str, str]], rows: Sequence[str]) -> ProtectedTable | None:
    counted = Counter(pairs)
    if not rows or not counted:
        return None
    counts = {row: {one: counted[row, one] for one in OUTCOMES} for row in rows}
    return protect_table(counts, policy=WORKFORCE, closed=True)


@dataclass(frozen=True, slots=True)
class Times:
    """How long decisions took: half were quicker than `middle` days, nine in ten than `most`."""

    count: int
    middle: int
    most: int


def times(days: Iterable[int]) -> Times | None:
    """By the nearest-rank method; None for nothing."""
    ordered = sorted(days)
    if not ordered:
        return None
    return Times(len(ordered), _rank(ordered, 0.5), _rank(ordered, 0.9))


def _rank(ordered: Sequence[int], share: float) -> int:
    return ordered[max(0, math.ceil(share * len(ordered)) - 1)]
