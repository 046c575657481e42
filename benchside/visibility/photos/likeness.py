"""Which photographs are nearly the same: a small print of what a picture looks like from afar.

The print (a perceptual hash) is 64 bits: a picture of 32 by 32 greys, its 8 by 8 slowest waves
(DCT-II), each bit whether a wave is stronger than the middle one. Saving it again, making it
smaller or a little brighter changes few bits; two pictures that differ share about half of theirs.
Method: C. Zauner, "Implementation and Benchmarking of Perceptual Image Hash
Functions", 2010, section 3.2.2. No Django here.

Each photograph has two prints, of the whole and of what is left when its edges are cut, so that
one framed closer is found from either side. To find near prints among many, a print is cut into
eight bands of eight bits: two that differ in at most seven bits have a band in common, and nearly
all that differ in ten.
"""

import math
from collections.abc import Iterable, Sequence

from PIL import Image

SIDE = 32
WAVES = 8
NEAR = 10  # bits; drawings made by chance differ in 18 at least, see tests
BANDS = 8
BITS = 64 // BANDS
TRIMS = (0.0, 0.06)  # parts cut off each side

COSINES = [
    [math.cos(math.pi * wave * (2 * place + 1) / (2 * SIDE)) for place in range(SIDE)]
    for wave in range(WAVES)
]


def of(image: Image.Image) -> int:
    """The print of a picture, 0 to 2**64 - 1."""
    return _print(_small(image))


def all_of(image: Image.Image) -> list[int]:
    """The prints of the whole, and of what is left when its edges are cut."""
    width, height = image.size
    small = image.reduce(max(1, min(width, height) // 256)) if min(image.size) > 512 else image
    width, height = small.size
    return [
        of(small.crop((int(width * t), int(height * t), math.ceil(width * (1 - t)),
                       math.ceil(height * (1 - t)))))
        for t in TRIMS
    ]  # fmt: skip


def distance(one: int, other: int) -> int:
    """In how many of the 64 bits two prints differ."""
    return ((one ^ other) & (2**64 - 1)).bit_count()


def marks(likeness: int) -> list[int]:
    """Its bands as numbers from 0 to 2047: the place of the band, then what stands in it."""
    return [band * 2**BITS + (likeness >> (band * BITS) & (2**BITS - 1)) for band in range(BANDS)]


def nearest(prints: Iterable[int], among: Iterable[tuple[int, int]]) -> int | None:
    """Of (id, print) pairs the id of the nearest that is near, or None."""
    wanted = list(prints)
    found = min(
        ((min(distance(one, other) for one in wanted), key) for key, other in among), default=None
    )
    return found[1] if found and found[0] <= NEAR else None


def signed(likeness: int) -> int:
    """As databases keep 64 bits."""
    return likeness - 2**64 if likeness >= 2**63 else likeness


def unsigned(kept: int) -> int:
    return kept % 2**64


def _small(image: Image.Image) -> list[int]:
    if min(image.size) > SIDE * 8:
        image = image.reduce(min(image.size) // (SIDE * 4))
    grey = image.convert("RGB").convert("L") if image.mode != "L" else image
    return list(grey.resize((SIDE, SIDE), Image.Resampling.BOX).tobytes())


def _print(greys: Sequence[int]) -> int:
    rows = [greys[start : start + SIDE] for start in range(0, SIDE * SIDE, SIDE)]
    across = [[_dot(row, cosines) for cosines in COSINES] for row in rows]
    waves = [
        _dot([row[column] for row in across], cosines)
        for cosines in COSINES
        for column in range(WAVES)
    ]
    middle = sorted(waves[1:])[len(waves) // 2]  # the first is only how bright it is
    bits = 0
    for wave in waves:
        bits = bits << 1 | (wave > middle)
    return bits


def _dot(left: Sequence[float], right: Sequence[float]) -> float:
    return sum(a * b for a, b in zip(left, right, strict=True))
