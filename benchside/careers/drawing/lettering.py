"""Balloons and leaders: a number stands where there is room, its leader ends on the thing.

The drawing is laid on a coarse grid; each candidate place is scored by what it would cover, and
the cheapest wins. Candidates stand on a lattice, so that balloons fall into rows and columns as
a draughtsman would put them.
"""

import math
from collections import Counter
from collections.abc import Iterable, Sequence
from xml.etree.ElementTree import Element
from xml.sax.saxutils import escape

from benchside.careers.drawing.files import Scene
from benchside.careers.drawing.geometry import Box, Point, box_of, outline
from benchside.careers.drawing.ink import Ink

CELL = 8
LATTICE = 18
RADIUS = 15.0
NEAR, FAR = 27.0, 90.0  # how far from the outline a balloon may stand
EDGE = 20.0
ENDS = 120  # places on an outline where a leader may end
LETTER = 9.0  # width of one capital at font size 16


class Lettering:
    """One drawing's numbers and words, each placed clear of what came before."""

    def __init__(self, scene: Scene, tools: Sequence[tuple[Sequence[Point], Box]]) -> None:
        self._room = Box(EDGE, EDGE, scene.width - EDGE, (scene.ground or scene.height) - EDGE)
        self._ink: Counter[tuple[int, int]] = Counter()
        self._tools = [box for _, box in tools]
        self._bodies = [
            box_of(outline([part])) for part in scene.furniture if part.get("class") == "face"
        ]
        self._taken: list[Box] = []
        self._cover(outline(scene.furniture), 1)
        for points, _ in tools:
            self._cover(points, 3)

    def avoid(self, shapes: Iterable[Element]) -> None:
        """Nothing should stand on these either."""
        self._cover(outline(shapes), 2)

    def on_line(self, words: str, x: float, y: float, turn: str, ink: Ink) -> str:
        """Words that break a dimension line at (x, y); `turn` is a transform, or nothing."""
        long, short = len(words) * LETTER / 2 + 6, 9
        wide, high = (short, long) if turn else (long, short)
        self._taken.append(Box(x - wide, y - high, x + wide, y + high))
        place = f' transform="{turn}"' if turn else ""
        return (
            f'<g{place}><rect x="{x - long:g}" y="{y - short:g}" width="{2 * long:g}" '
            f'height="{2 * short:g}" fill="{ink.face}" stroke="none"/>'
            f'<text x="{x:g}" y="{y + 6:g}" class="dt" font-size="16" '
            f'text-anchor="middle">{escape(words)}</text></g>'
        )

    def balloon(self, text: str, points: Sequence[Point], ink: Ink) -> str:
        centre, end = self._place(points, RADIUS, RADIUS)
        size = 17 if len(text) == 1 else 15
        return (
            self._leader(centre, end, RADIUS, ink)
            + f'<g class="bal"><circle cx="{centre.x:g}" cy="{centre.y:g}" r="{RADIUS:g}"'
            f' fill="{ink.face}" vector-effect="non-scaling-stroke"/>'
            f'<text x="{centre.x:g}" y="{centre.y + 6:g}" class="dt" font-size="{size}" '
            f'text-anchor="middle">{text}</text></g>'
        )

    def label(self, text: str, points: Sequence[Point], ink: Ink) -> str:
        half = len(text) * LETTER / 2 + 3
        centre, end = self._place(points, half, 9)
        start = Point(centre.x, centre.y + (12 if end.y > centre.y else -10))
        return (
            self._leader(start, end, 0, ink)
            + f'<text x="{centre.x:g}" y="{centre.y + 6:g}" class="dt" font-size="16" '
            f'text-anchor="middle">{text}</text>'
        )

    def _leader(self, start: Point, end: Point, gap: float, ink: Ink) -> str:
        length = math.dist(start, end) or 1
        x = start.x + gap * (end.x - start.x) / length
        y = start.y + gap * (end.y - start.y) / length
        return (
            f'<path d="M{x:.1f} {y:.1f}L{end.x:.1f} {end.y:.1f}" stroke-width="{ink.thin}" '
            f'vector-effect="non-scaling-stroke"/>'
            f'<circle cx="{end.x:.1f}" cy="{end.y:.1f}" r="2.6" fill="{ink.line}" stroke="none"/>'
        )

    def _cover(self, points: Iterable[Point], weight: int) -> None:
        for cell in {(int(p.x // CELL), int(p.y // CELL)) for p in points}:
            self._ink[cell] += weight

    def _place(self, points: Sequence[Point], wide: float, high: float) -> tuple[Point, Point]:
        """The cheapest centre for something of half-size (wide, high), and its leader's end."""
        box = box_of(points)
        points = points[:: 1 + len(points) // ENDS]
        best, chosen = math.inf, (Point(box.left, box.top), points[0])
        for centre in self._candidates(box):
            cost = self._cost_of_place(centre, wide, high, best)
            if cost >= best:
                continue
            length, end = min((math.dist(centre, point), point) for point in points)
            cost += 0.3 * length + self._cost_of_leader(centre, end)
            if NEAR <= length <= FAR and cost < best:
                best, chosen = cost, (centre, end)
        centre, end = chosen
        self._taken.append(Box(centre.x - wide, centre.y - high, centre.x + wide, centre.y + high))
        self._cover(_between(centre, end), 2)
        return chosen

    def _candidates(self, box: Box) -> Iterable[Point]:
        """Places of the lattice on the paper and no further than FAR from the box."""
        room = self._room
        for x in _steps(max(room.left, box.left - FAR), min(room.right, box.right + FAR)):
            for y in _steps(max(room.top, box.top - FAR), min(room.bottom, box.bottom + FAR)):
                yield Point(x, y)

    def _cost_of_place(self, centre: Point, wide: float, high: float, limit: float) -> float:
        """What it would cover; dearest things first, and no further than the limit."""
        clear = Box(
            centre.x - wide - 4, centre.y - high - 4, centre.x + wide + 4, centre.y + high + 4
        )
        cost = 1000.0 * sum(_overlap(clear, box) for box in self._taken)
        cost += 30 * sum(box.holds(centre, 2) for box in self._tools)
        if cost < limit:
            cost += 8 * sum(box.holds(centre) for box in self._bodies)
        return cost + 4 * self._covered(clear) if cost < limit else cost

    def _cost_of_leader(self, centre: Point, end: Point) -> float:
        line = list(_between(centre, end))
        cells = {(int(p.x // CELL), int(p.y // CELL)) for p in line}
        through = sum(any(box.holds(p) for p in line) for box in self._taken)
        return 60 * through + sum(1.5 * self._ink.get(cell, 0) for cell in cells)

    def _covered(self, box: Box) -> int:
        columns = range(int(box.left // CELL), int(box.right // CELL) + 1)
        rows = range(int(box.top // CELL), int(box.bottom // CELL) + 1)
        ink = self._ink
        return sum([ink.get((column, row), 0) for column in columns for row in rows])


def _steps(low: float, high: float) -> Iterable[float]:
    first, last = math.ceil(low / LATTICE), math.floor(high / LATTICE)
    return (float(k * LATTICE) for k in range(first, last + 1))


def _between(start: Point, end: Point) -> Iterable[Point]:
    steps = max(2, int(math.dist(start, end) / CELL))
    for k in range(1, steps):
        t = k / steps
        yield Point(start.x + t * (end.x - start.x), start.y + t * (end.y - start.y))


def _overlap(one: Box, other: Box) -> bool:
    return (
        one.left < other.right
        and other.left < one.right
        and one.top < other.bottom
        and other.top < one.bottom
    )
