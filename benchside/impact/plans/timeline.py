"""A plan along its years, as coordinates: plain values in, lines to draw out. No Django."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

WIDTH, LABEL, ROW, TOP = 1000, 74, 26, 34


@dataclass(frozen=True, slots=True, kw_only=True)
class Thing:
    """An action as the line wants it; `steps` are the days of its milestones, reached or not."""

    code: str
    starts_on: date | None
    due_on: date | None
    letter: str
    steps: tuple[tuple[date, bool], ...] = ()


@dataclass(frozen=True, slots=True)
class Bar:
    code: str
    y: int
    x: float
    width: float
    letter: str
    steps: tuple[tuple[float, bool], ...] = ()

    @property
    def middle(self) -> int:
        return self.y + 8


@dataclass(frozen=True, slots=True)
class Tick:
    x: float
    label: str
    is_year: bool


@dataclass(frozen=True, slots=True)
class Chart:
    """`undated` are the codes without a date, which stand in no bar."""

    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    today: float | None
    height: int
    undated: tuple[str, ...] = field(default=())

    @property
    def bottom(self) -> int:
        return self.height - 6


def draw(things: Sequence[Thing], starts: date, ends: date, today: date) -> Chart:
    """From the plan's first day to its last; a bar that sticks out ends at the edge."""
    days = max((ends - starts).days, 1)

    def x(day: date) -> float:
        share = min(max((day - starts).days / days, 0), 1)
        return round(LABEL + share * (WIDTH - LABEL - 6), 1)

    dated = [one for one in things if one.due_on]
    bars = tuple(_bar(one, TOP + ROW * place, x, starts) for place, one in enumerate(dated))
    return Chart(
        bars=bars,
        ticks=tuple(_ticks(starts, ends, x)),
        today=x(today) if starts <= today <= ends else None,
        height=TOP + ROW * max(len(dated), 1) + 6,
        undated=tuple(one.code for one in things if not one.due_on),
    )


def _bar(one: Thing, y: int, x, starts: date) -> Bar:  # type: ignore[no-untyped-def]
    left, right = x(one.starts_on or starts), x(one.due_on)
    return Bar(
        code=one.code,
        y=y,
        x=min(left, right),
        width=max(round(right - left, 1), 6),
        letter=one.letter,
        steps=tuple((x(day), done) for day, done in one.steps),
    )


def _ticks(starts: date, ends: date, x):  # type: ignore[no-untyped-def]
    """Each quarter; a year is named at its first day, and the plan's first year at its start."""
    yield Tick(x(starts), str(starts.year), is_year=True)
    year, month = starts.year, starts.month
    while True:
        month += 1
        if month > 12:
            year, month = year + 1, 1
        day = date(year, month, 1)
        if day > ends:
            return
        if month == 1:
            yield Tick(x(day), str(year), is_year=True)
        elif month in {4, 7, 10}:
            yield Tick(x(day), "", is_year=False)
