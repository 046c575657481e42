"""Where a drawn thing is: points along the outline of SVG shapes, and the box round them.

Units are those of the shape's own viewBox, y downwards. Enough of SVG for our own symbols
and scenes; anything else raises ValueError, so that a drawing never lies about its size.
"""

import math
import re
from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple
from xml.etree.ElementTree import Element

STEP = 4.0  # a point at least this often along a line
CURVE = 12  # points on a curve
ARITY = {"M": 2, "L": 2, "H": 1, "V": 1, "C": 6, "S": 4, "Q": 4, "T": 2, "A": 7, "Z": 0}
NUMBER = r"[-+]?(?:\d*\.\d+|\d+\.?)(?:[eE][-+]?\d+)?"
TRANSFORM = re.compile(r"(translate|scale|rotate)\(([^)]*)\)")


class Point(NamedTuple):
    x: float
    y: float


class Box(NamedTuple):
    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        return self.right - self.left

    @property
    def height(self) -> float:
        return self.bottom - self.top

    def holds(self, point: Point, margin: float = 0) -> bool:
        return (
            self.left - margin <= point.x <= self.right + margin
            and self.top - margin <= point.y <= self.bottom + margin
        )


class Matrix(NamedTuple):
    """x' = a x + c y + e, y' = b x + d y + f."""

    a: float = 1
    b: float = 0
    c: float = 0
    d: float = 1
    e: float = 0
    f: float = 0

    def at(self, p: Point) -> Point:
        return Point(self.a * p.x + self.c * p.y + self.e, self.b * p.x + self.d * p.y + self.f)

    def then(self, inner: "Matrix") -> "Matrix":
        """The matrix that does `inner` first and this one after."""
        a, b, c, d, e, f = inner
        return Matrix(
            self.a * a + self.c * b,
            self.b * a + self.d * b,
            self.a * c + self.c * d,
            self.b * c + self.d * d,
            self.a * e + self.c * f + self.e,
            self.b * e + self.d * f + self.f,
        )


def box_of(points: Iterable[Point]) -> Box:
    xs, ys = zip(*points, strict=True)
    return Box(min(xs), min(ys), max(xs), max(ys))


def outline(shapes: Iterable[Element], matrix: Matrix | None = None) -> Iterator[Point]:
    """Points along every line of the shapes, groups and their transforms included."""
    for shape in shapes:
        here = (matrix or Matrix()).then(_matrix(shape.get("transform", "")))
        if shape.tag == "g":
            yield from outline(shape, here)
        else:
            yield from (here.at(point) for point in _shape(shape))


def _matrix(transform: str) -> Matrix:
    result = Matrix()
    for verb, arguments in TRANSFORM.findall(transform):
        values = [float(n) for n in re.findall(NUMBER, arguments)]
        result = result.then(_step(verb, values))
    return result


def _step(verb: str, values: list[float]) -> Matrix:
    if verb == "translate":
        return Matrix(e=values[0], f=values[1] if len(values) > 1 else 0)
    if verb == "scale":
        return Matrix(a=values[0], d=values[-1])
    cos, sin = math.cos(math.radians(values[0])), math.sin(math.radians(values[0]))
    turn = Matrix(cos, sin, -sin, cos)
    if len(values) == 1:
        return turn
    x, y = values[1:]
    return Matrix(e=x, f=y).then(turn).then(Matrix(e=-x, f=-y))


def _shape(shape: Element) -> Iterator[Point]:
    def n(name: str) -> float:
        return float(shape.get(name, 0))

    if shape.tag == "path":
        yield from _path(shape.get("d", ""))
    elif shape.tag in {"circle", "ellipse"}:
        rx, ry = (n("r"), n("r")) if shape.tag == "circle" else (n("rx"), n("ry"))
        for k in range(2 * CURVE):
            turn = math.pi * k / CURVE
            yield Point(n("cx") + rx * math.cos(turn), n("cy") + ry * math.sin(turn))
    elif shape.tag == "rect":
        x, y, right, bottom = n("x"), n("y"), n("x") + n("width"), n("y") + n("height")
        corners = [Point(x, y), Point(right, y), Point(right, bottom), Point(x, bottom)]
        for start, end in zip(corners, [*corners[1:], corners[0]], strict=True):
            yield from _line(start, end)
    elif shape.tag not in {"title", "text"}:
        raise ValueError(f"A drawing is made of path, circle, ellipse, rect and g, not {shape.tag}")


def _line(start: Point, end: Point) -> Iterator[Point]:
    steps = max(1, int(math.dist(start, end) / STEP))
    for k in range(1, steps + 1):
        t = k / steps
        yield Point(start.x + t * (end.x - start.x), start.y + t * (end.y - start.y))


def _path(d: str) -> Iterator[Point]:
    here = begin = Point(0, 0)
    handle: Point | None = None  # of the curve before, for the smooth commands
    for command, values in _commands(d):
        bits = list(_absolute(command, values, here))
        kind = command.upper()
        if kind == "Z":
            yield from _line(here, begin)
            here, handle = begin, None
        elif kind == "M":
            here = begin = bits[0]
            handle = None
            yield here
        elif kind in "LHV":
            yield from _line(here, bits[0])
            here, handle = bits[0], None
        elif kind == "A":
            yield from _arc(here, values, bits[0])
            here, handle = bits[0], None
        else:
            if kind in "ST":
                mirror = handle or here
                bits.insert(0, Point(2 * here.x - mirror.x, 2 * here.y - mirror.y))
            yield from _bezier([here, *bits])
            here, handle = bits[-1], bits[-2]


def _commands(d: str) -> Iterator[tuple[str, list[float]]]:
    for letter, arguments in re.findall(r"([A-Za-z])([^A-Za-z]*)", d):
        values = [float(n) for n in re.findall(NUMBER, arguments)]
        size = ARITY.get(letter.upper())
        if size is None or (size and (not values or len(values) % size)) or (not size and values):
            raise ValueError(f"Cannot read {letter}{arguments} in the path {d}")
        if not size:
            yield letter, []
        for k in range(0, len(values), size or 1):
            yield letter, values[k : k + size]
            letter = {"M": "L", "m": "l"}.get(letter, letter)


def _absolute(command: str, values: list[float], here: Point) -> Iterator[Point]:
    ox, oy = here if command.islower() else (0.0, 0.0)
    kind = command.upper()
    if kind == "H":
        yield Point(ox + values[0], here.y)
    elif kind == "V":
        yield Point(here.x, oy + values[0])
    elif kind == "A":
        yield Point(ox + values[5], oy + values[6])
    else:
        for x, y in zip(values[::2], values[1::2], strict=True):
            yield Point(ox + x, oy + y)


def _bezier(handles: list[Point]) -> Iterator[Point]:
    for k in range(1, CURVE + 1):
        t = k / CURVE
        points = handles
        while len(points) > 1:
            points = [
                Point(p.x + t * (q.x - p.x), p.y + t * (q.y - p.y)) for p, q in pairwise(points)
            ]
        yield points[0]


def _arc(start: Point, values: list[float], end: Point) -> Iterator[Point]:
    """Centre form of an arc, after SVG 2, appendix B.2.4 (implementation notes)."""
    rx, ry, tilt, large, sweep = abs(values[0]), abs(values[1]), *values[2:5]
    cos, sin = math.cos(math.radians(tilt)), math.sin(math.radians(tilt))
    dx, dy = (start.x - end.x) / 2, (start.y - end.y) / 2
    x1, y1 = cos * dx + sin * dy, cos * dy - sin * dx
    grow = (x1 / rx) ** 2 + (y1 / ry) ** 2
    if grow > 1:
        rx, ry = rx * math.sqrt(grow), ry * math.sqrt(grow)
    below = (rx * y1) ** 2 + (ry * x1) ** 2
    root = math.sqrt(max(0.0, (rx * ry) ** 2 / below - 1)) if below else 0.0
    root = -root if bool(large) == bool(sweep) else root
    cx1, cy1 = root * rx * y1 / ry, -root * ry * x1 / rx
    first = math.atan2((y1 - cy1) / ry, (x1 - cx1) / rx)
    turn = math.atan2((-y1 - cy1) / ry, (-x1 - cx1) / rx) - first
    if sweep and turn < 0:
        turn += 2 * math.pi
    elif not sweep and turn > 0:
        turn -= 2 * math.pi
    cx = cos * cx1 - sin * cy1 + (start.x + end.x) / 2
    cy = sin * cx1 + cos * cy1 + (start.y + end.y) / 2
    for k in range(1, 2 * CURVE + 1):
        angle = first + turn * k / (2 * CURVE)
        x, y = rx * math.cos(angle), ry * math.sin(angle)
        yield Point(cx + cos * x - sin * y, cy + sin * x + cos * y)
