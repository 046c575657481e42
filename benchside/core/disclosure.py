"""Numbers about people, made safe to show outside the workspace that holds them.

No Django here: plain numbers in, plain cells out. Two policies stand at the end of the rules:

* `WORKFORCE`: the rounding and suppression rule of the Higher Education Statistics Agency.
  Counts go to the nearest 5 (0, 1 and 2 become 0), totals are rounded on their own, so rows
  need not add; percentages of fewer than 22.5 people and averages of 7 or fewer are hidden.
* `PUPILS`: no number under five is shown, nought included.

A table with totals is more than its cells: what is hidden may follow by subtraction, and nine
cells shown as 0 beside a total shown as 20 are nine twos. So each number not shown exactly must
leave room for another: some *other* table of whole numbers, none negative, that would be shown
the same way. Cells and totals are the arcs of a network in which numbers flow from row to
column and back through the totals, and such a table exists if and only if a cycle runs through
the arc along which the flow can change by one (D. Gusfield, "A graph theoretic approach to
statistical data security", SIAM Journal on Computing 17(3), 1988). Where there is none, what
is hidden to open one is the least that will do, counted first in numbers, then in people.

What this does not see: two releases compared. Publish at fixed dates only; that is why every
call asks whether the period is `closed`. Counts that are taken again and again, in several lists
of the same people, leave through `core.releases`.
"""

import heapq
import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

NOTHING_HIDDEN = (0, 0)


class Reason(StrEnum):
    """Why a number is not shown. Small numbers and their shields share one reason: to tell
    them apart would tell which numbers are small."""

    PROTECTED = "Hidden to protect people"
    TOO_FEW = "Too few people to say"
    OPEN = "Shown once the count has closed"


@dataclass(frozen=True, slots=True)
class Cell:
    """A number as it may be shown: `value`, or None and the `reason`."""

    value: float | None
    reason: Reason | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """Limits below which numbers about people are not shown."""

    name: str
    step: int  # counts are shown as multiples of this
    least_count: int  # counts below this are hidden
    least_share_of: float  # percentages of fewer people than this are hidden
    least_average_of: int  # averages of fewer people than this are hidden

    def bounds(self, shown: int) -> tuple[int, int]:
        """Smallest and largest whole number shown as `shown`."""
        below, above = self.step // 2, (self.step - 1) // 2
        return max(0, shown - below), shown + above


WORKFORCE = Policy("workforce", step=5, least_count=0, least_share_of=22.5, least_average_of=8)
PUPILS = Policy("pupils", step=1, least_count=5, least_share_of=5, least_average_of=5)


@dataclass(frozen=True, slots=True)
class ProtectedList:
    """Counts by label, and their total."""

    cells: dict[str, Cell]
    total: Cell


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """Counts by row, then column, with totals of both."""

    cells: dict[str, dict[str, Cell]]
    row_totals: dict[str, Cell]
    column_totals: dict[str, Cell]
    total: Cell


def protect_count(people: float, *, policy: Policy, closed: bool) -> Cell:
    """One count on its own, whole or full-time equivalent."""
    _check(people)
    if not closed:
        return Cell(None, Reason.OPEN)
    if people < policy.least_count:
        return Cell(None, Reason.PROTECTED)
    return Cell(_rounded(people, policy.step))


def protect_list(counts: Mapping[str, int], *, policy: Policy, closed: bool) -> ProtectedList:
    """Counts of people who each stand under one label, with their total."""
    if not counts:
        return ProtectedList({}, protect_count(0, policy=policy, closed=closed))
    network = Network(policy)
    for label in sorted(counts):
        network.add(("cell", label), "labels", "all", counts[label])
    network.add(("total",), "all", "labels", sum(counts.values()))
    shown = network.shown(closed=closed)
    return ProtectedList({label: shown["cell", label] for label in counts}, shown["total",])


def protect_table(
    counts: Mapping[str, Mapping[str, int]], *, policy: Policy, closed: bool
) -> ProtectedTable:
    """Counts of people who each stand in one row and one column, with totals of both.

    Raises ValueError when there are no columns, or rows have different ones.
    """
    columns = _columns(counts)
    if not columns:
        raise ValueError("A table needs at least one row and one column.")
    network = Network(policy)
    for row in sorted(counts):
        network.add(("row", row), "all", f"row {row}", sum(counts[row].values()))
        for column in sorted(columns):
            key = ("cell", row, column)
            network.add(key, f"row {row}", f"column {column}", counts[row][column])
    for column in sorted(columns):
        people = sum(counts[row][column] for row in counts)
        network.add(("column", column), f"column {column}", "sum", people)
    network.add(("total",), "sum", "all", sum(sum(row.values()) for row in counts.values()))
    shown = network.shown(closed=closed)
    return ProtectedTable(
        {row: {column: shown["cell", row, column] for column in columns} for row in counts},
        {row: shown["row", row] for row in counts},
        {column: shown["column", column] for column in columns},
        shown["total",],
    )


def protect_share(part: int, whole: int, *, policy: Policy, closed: bool) -> Cell:
    """`part` of `whole` as a percentage.

    Shown to the nearest 1, 5 or 10: the finest that leaves more than one number of people
    possible, to a reader who also sees both counts as the policy shows them.
    """
    _check(part)
    if part > whole:
        raise ValueError(f"A part of {part} is more than its whole, {whole}.")
    if not closed:
        return Cell(None, Reason.OPEN)
    rest = whole - part
    if whole < policy.least_share_of or min(part, rest) < policy.least_count:
        return Cell(None, Reason.TOO_FEW)
    if policy.step == 1:
        return Cell(_rounded(100 * part / whole, 1))
    for step in (1, 5, 10):
        shown = _rounded(100 * part / whole, step)
        if len(_possible_parts(shown, step, part, whole, policy)) > 1:
            return Cell(shown)
    return Cell(None, Reason.TOO_FEW)


def protect_average(
    total: float, people: int, *, policy: Policy, closed: bool, digits: int = 1
) -> Cell:
    """The mean of a quantity that sums to `total` over `people`."""
    _check(people)
    if not closed:
        return Cell(None, Reason.OPEN)
    if people < policy.least_average_of:
        return Cell(None, Reason.TOO_FEW)
    return Cell(round(total / people, digits))


@dataclass(slots=True)
class Arc:
    """One number: what it is, where it flows, and what a reader is told of it.

    A reader knows it to be at least `low` and at most `high`. One that was `told` before can no
    longer be hidden; one that is not `guarded` is nobody's secret.
    """

    key: tuple[str, ...]
    tail: str
    head: str
    people: int
    low: float = 0
    high: float = math.inf
    hidden: bool = False
    told: bool = False
    guarded: bool = True

    @property
    def exact(self) -> bool:
        return self.low == self.high

    def hide(self) -> None:
        self.low, self.high, self.hidden = 0, math.inf, True

    def cost_up(self) -> tuple[int, int] | None:
        """What must be hidden (numbers, people) for this one to be possibly one more; None when
        no reader can believe it."""
        if self.people < self.high:
            return NOTHING_HIDDEN
        return None if self.told else self._cost()

    def cost_down(self) -> tuple[int, int] | None:
        """The same for one less; None also when there is nobody to take away."""
        if self.people > self.low:
            return NOTHING_HIDDEN
        return self._cost() if self.people and not self.told else None

    def _cost(self) -> tuple[int, int]:
        return (1 if self.key[0] == "cell" else 2), self.people


class Network:
    """All numbers of one table. What flows into a node flows out of it."""

    def __init__(self, policy: Policy) -> None:
        self.policy = policy
        self.arcs: list[Arc] = []
        self.leaving: dict[str, list[Arc]] = {}
        self.entering: dict[str, list[Arc]] = {}

    def add(self, key: tuple[str, ...], tail: str, head: str, people: int) -> Arc:
        _check(people)
        arc = Arc(key, tail, head, people)
        if people < self.policy.least_count:
            arc.hide()
        else:
            arc.low, arc.high = self.policy.bounds(_rounded(people, self.policy.step))
        self.arcs.append(arc)
        self.leaving.setdefault(tail, []).append(arc)
        self.entering.setdefault(head, []).append(arc)
        return arc

    def shown(self, *, closed: bool) -> dict[tuple[str, ...], Cell]:
        if not closed:
            return {arc.key: Cell(None, Reason.OPEN) for arc in self.arcs}
        for arc in self.arcs:
            if arc.guarded and not arc.exact:
                self._leave_room(arc)
        return {arc.key: self._cell(arc) for arc in self.arcs}

    def _cell(self, arc: Arc) -> Cell:
        if arc.hidden:
            return Cell(None, Reason.PROTECTED)
        return Cell(_rounded(arc.people, self.policy.step))

    def _leave_room(self, arc: Arc) -> None:
        """Hide the least that lets a reader believe `arc` to be one more or one less."""
        ways = []
        if arc.people < arc.high:
            ways.append(self._cheapest_way(arc.head, arc.tail, arc))
        if arc.people > arc.low and (not ways or ways[0] is None or ways[0][1]):
            ways.append(self._cheapest_way(arc.tail, arc.head, arc))
        _, to_hide = min((way for way in ways if way is not None), key=lambda way: way[0])
        for other in to_hide:
            other.hide()

    def _cheapest_way(
        self, start: str, end: str, without: Arc
    ) -> tuple[tuple[int, int], list[Arc]] | None:
        """Dijkstra's shortest path; its cost and the numbers to hide along it.

        There always is one where nothing was told before: through the totals upwards, and
        downwards with the people of `without` themselves, who came in somewhere and go out
        somewhere. With numbers told before, one of the two directions may have none.
        """
        done: set[str] = set()
        queue: list[tuple[tuple[int, int], int, str, list[Arc]]] = [(NOTHING_HIDDEN, 0, start, [])]
        pushed = 0  # latest found wins a tie: totals lead to the end in fewest steps
        while queue:
            cost, _, node, to_hide = heapq.heappop(queue)
            if node == end:
                return cost, to_hide
            if node in done:
                continue
            done.add(node)
            for step, arc, following in self._steps(node):
                if arc is without or following in done:
                    continue
                further = (cost[0] + step[0], cost[1] + step[1])
                if further == NOTHING_HIDDEN and following == end:
                    return NOTHING_HIDDEN, []
                pushed -= 1
                more = to_hide if step == NOTHING_HIDDEN else [*to_hide, arc]
                heapq.heappush(queue, (further, pushed, following, more))
        return None

    def _steps(self, node: str) -> Iterator[tuple[tuple[int, int], Arc, str]]:
        for arc in self.entering.get(node, ()):
            if (cost := arc.cost_down()) is not None:
                yield cost, arc, arc.tail
        for arc in self.leaving.get(node, ()):
            if (cost := arc.cost_up()) is not None:
                yield cost, arc, arc.head


def _rounded(value: float, step: int) -> int:
    """To the nearest multiple of `step`, halves up."""
    return step * math.floor(value / step + 0.5)


def _possible_parts(shown: int, step: int, part: int, whole: int, policy: Policy) -> set[int]:
    """Every part a reader could believe in who sees the share and both rounded counts."""
    low, high = policy.bounds(_rounded(part, policy.step))
    least, most = policy.bounds(_rounded(whole, policy.step))
    return {
        guess
        for guess in range(low, high + 1)
        for of in range(max(least, math.ceil(policy.least_share_of), guess), most + 1)
        if _rounded(100 * guess / of, step) == shown
    }


def _columns(counts: Mapping[str, Mapping[str, int]]) -> list[str]:
    columns = list(next(iter(counts.values()), {}))
    for row, cells in counts.items():
        if set(cells) != set(columns):
            raise ValueError(f"Row {row!r} has not the same columns as the first: {columns}.")
    return columns


def _check(people: float) -> None:
    if people < 0:
        raise ValueError(f"A count of people cannot be {people}.")
