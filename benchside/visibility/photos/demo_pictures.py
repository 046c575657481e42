"""Pictures for the demonstration: drawn here, of nobody and of no place. No Django.

Each is a still of the trade in flat shapes, in the colours of the sheet: recognisable from afar,
and visibly no photograph.
"""

import math
import random
from collections.abc import Callable
from io import BytesIO

from PIL import Image, ImageDraw

SIZE = (1280, 960)
FINER = 2  # drawn at twice the size and brought down, so that edges are smooth
INK, PAPER, HIVIS = "#17191C", "#FBF7EC", "#E4F50A"
GROUNDS = ("#0A6478", "#5B3A8E", "#B0390D", "#2B6A35", "#9A1B4B", "#735200", "#0F4C81", "#3F3E39")
Draw = ImageDraw.ImageDraw


def picture(number: int, *, brighter: float = 1.0) -> bytes:
    """The JPEG of one of the demonstration's pictures; the same number gives the same one."""
    chance = random.Random(number)  # noqa: S311 - drawing, no secret
    width, height = SIZE if number % 5 else SIZE[::-1]
    image = Image.new("RGB", (width * FINER, height * FINER), GROUNDS[number % len(GROUNDS)])
    draw = ImageDraw.Draw(image)
    _bench(draw, image.size)
    MOTIFS[number % len(MOTIFS)](draw, image.size, chance)
    image = image.resize((width, height), Image.Resampling.LANCZOS)
    out = BytesIO()
    image.point(lambda value: min(255, round(value * brighter))).save(out, "JPEG", quality=88)
    return out.getvalue()


def _bench(draw: Draw, size: tuple[int, int]) -> None:
    width, height = size
    draw.rectangle((0, height * 0.8, width, height), fill=PAPER)
    draw.line((0, height * 0.8, width, height * 0.8), fill=INK, width=width // 100)


def _gears(draw: Draw, size: tuple[int, int], chance: random.Random) -> None:
    width, height = size
    for place, colour in ((0.34, PAPER), (0.68, HIVIS)):
        radius = min(size) * chance.uniform(0.2, 0.28)
        _gear(draw, (width * place, height * 0.45), radius, chance.randrange(12, 20), colour)


def _gear(draw: Draw, at: tuple[float, float], radius: float, teeth: int, colour: str) -> None:
    x, y = at
    points = []
    for step in range(teeth * 4):
        reach = radius if step % 4 in {0, 1} else radius * 0.84
        angle = 2 * math.pi * step / (teeth * 4)
        points.append((x + reach * math.cos(angle), y + reach * math.sin(angle)))
    draw.polygon(points, fill=colour, outline=INK, width=int(radius / 16))
    for part, fill in ((0.5, colour), (0.2, INK)):
        r = radius * part
        draw.ellipse((x - r, y - r, x + r, y + r), fill=fill, outline=INK, width=int(radius / 20))


def _flasks(draw: Draw, size: tuple[int, int], chance: random.Random) -> None:
    width, height = size
    foot, line = height * 0.8, width // 120
    for place in (0.25, 0.52, 0.78):
        x, tall = width * place, height * chance.uniform(0.4, 0.6)
        wide, neck, top = tall * 0.42, tall * 0.12, foot - tall
        shape = [(x - neck, top), (x + neck, top), (x + neck, foot - tall * 0.6), (x + wide, foot),
                 (x - wide, foot), (x - neck, foot - tall * 0.6)]  # fmt: skip
        draw.polygon(shape, fill=PAPER, outline=INK, width=line)
        full = chance.uniform(0.35, 0.8)
        level, side = foot - tall * 0.5 * full, wide * (1 - full * 0.55)
        filled = [(x - side, level), (x + side, level), (x + wide, foot), (x - wide, foot)]
        draw.polygon(filled, fill=HIVIS if place == 0.52 else "#72D2E4", outline=INK, width=line)


def _scope(draw: Draw, size: tuple[int, int], chance: random.Random) -> None:
    width, height = size
    left, top, right, bottom = width * 0.16, height * 0.16, width * 0.84, height * 0.8
    draw.rectangle((left, top, right, bottom), fill=PAPER, outline=INK, width=width // 90)
    screen = (left + width * 0.04, top + height * 0.05, right - width * 0.2, bottom - height * 0.1)
    draw.rectangle(screen, fill=INK)
    wide, middle = screen[2] - screen[0], (screen[1] + screen[3]) / 2
    tall, turns = (screen[3] - screen[1]) * 0.38, 2 * math.pi * chance.uniform(1.5, 4)
    points = [
        (screen[0] + x, middle + tall * math.sin(turns * x / wide)) for x in range(0, int(wide), 8)
    ]
    draw.line(points, fill=HIVIS, width=width // 110, joint="curve")
    for row in range(3):
        x, y, r = right - width * 0.1, top + height * (0.12 + 0.18 * row), width * 0.035
        draw.ellipse((x - r, y - r, x + r, y + r), fill="#C3B798", outline=INK, width=width // 200)
        angle = chance.uniform(0, 6.28)
        draw.line((x, y, x + r * math.cos(angle), y + r * math.sin(angle)), fill=INK, width=12)


def _board(draw: Draw, size: tuple[int, int], chance: random.Random) -> None:
    width, height = size
    step = width // 24
    draw.rectangle((step * 3, step * 2, width - step * 3, height * 0.74), fill="#12403F",
                   outline=INK, width=step // 4)  # fmt: skip
    for _ in range(16):
        x, y = step * chance.randrange(4, 19), step * chance.randrange(3, 11)
        turn = min(step * chance.randrange(1, 5), step * 20 - x, step * 12 - y)
        draw.line((x, y, x + turn, y, x + turn, y + turn), fill="#9FE5B4", width=step // 6)
        draw.ellipse((x - 16, y - 16, x + 16, y + 16), fill=HIVIS)
    left, top = width * 0.42, height * 0.34
    draw.rectangle(
        (left, top, left + step * 5, top + step * 4), fill=INK, outline=PAPER, width=step // 8
    )


def _bolts(draw: Draw, size: tuple[int, int], chance: random.Random) -> None:
    gap = min(size) / 4.2
    for row in range(3):
        for column in range(int(size[0] // gap)):
            at, r = (gap * (column + 0.6), gap * (row + 0.7)), gap * chance.uniform(0.26, 0.4)
            colour = HIVIS if (row, column) == (1, 2) else PAPER
            _bolt(draw, at, r, chance.uniform(0, 1), colour)


def _bolt(draw: Draw, at: tuple[float, float], radius: float, turn: float, colour: str) -> None:
    x, y = at
    angles = [turn + side * math.pi / 3 for side in range(6)]
    corners = [(x + radius * math.cos(a), y + radius * math.sin(a)) for a in angles]
    draw.polygon(corners, fill=colour, outline=INK, width=int(radius / 10))
    r = radius / 2
    draw.ellipse((x - r, y - r, x + r, y + r), outline=INK, width=int(radius / 8))


MOTIFS: tuple[Callable[[Draw, tuple[int, int], random.Random], None], ...] = (
    _gears, _flasks, _scope, _board, _bolts,
)  # fmt: skip
