"""Small charts, drawn on the server: plain numbers in, coordinates out."""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT, LEFT, RIGHT, TOP, BASE = 240, 112, 4, 186, 12, 90


@dataclass(frozen=True)
class Dot:
    x: float
    y: float
    label: str
    value: float


@dataclass(frozen=True)
class Line:
    """A line of values over time in a box of 240 by 112, zero at the bottom."""

    dots: tuple[Dot, ...]
    aim_y: float | None

    @property
    def path(self) -> str:
        return "M" + "L".join(f"{dot.x} {dot.y}" for dot in self.dots)


def line(points: Sequence[tuple[str, float]], aim: float | None = None) -> Line:
    """`points` are (label, value), oldest first, values not negative; at least one point."""
    top = max([value for _, value in points] + ([aim] if aim is not None else [])) or 1
    step = (RIGHT - LEFT) / max(len(points) - 1, 1)

    def y(value: float) -> float:
        return round(BASE - (BASE - TOP) * value / top, 1)

    dots = tuple(
        Dot(round(LEFT + step * place, 1), y(value), label, value)
        for place, (label, value) in enumerate(points)
    )
    return Line(dots, None if aim is None else y(aim))


BAR = 1000  # the longest bar
MOST_TICKS = 60  # more could not be told apart


@dataclass(frozen=True)
class Bar:
    """A bar as long as its count; `ticks` mark the steps within it. `url` may be ""."""

    label: str
    count: int
    url: str
    width: float
    ticks: tuple[float, ...]


def bars(rows: Sequence[tuple[str, int, str]], step: int = 1) -> tuple[Bar, ...]:
    """Counts as bars to one scale, in the order given: (label, count, address or "").

    A tick each `step`: a count that was rounded to 5 is not marked by ones.
    """
    top = max((count for _, count, _ in rows), default=0)
    unit = BAR / (top or 1)

    def ticks(count: int) -> tuple[float, ...]:
        marks = range(step, count, step) if top <= MOST_TICKS * step else ()
        return tuple(round(one * unit, 1) for one in marks)

    return tuple(
        Bar(label, count, url, round(count * unit, 1), ticks(count)) for label, count, url in rows
    )
