"""Squares ticked and boxes drawn over a picture, as the parts to cover: plain values.

Squares that touch are one part: a face under four squares must be thinned as one face, not kept
in four quarters of which each is still clear.
"""

from collections.abc import Iterable, Sequence

from benchside.core.retouching import Box

ACROSS = DOWN = 10  # squares over any picture: a tenth of its width and of its height each
MOST = 60
THOUSAND = 1000  # drawn boxes are told in thousandths of width and height


class BadPart(ValueError):  # noqa: N818 - reads as what was sent
    """What was sent is no part of a picture."""


def squares(values: Iterable[str]) -> list[tuple[int, int]]:
    """ "3-4" is the fourth from the left in the fifth row. Raises BadPart."""
    found = []
    for value in values:
        across, _, down = value.partition("-")
        if not (across.isdecimal() and down.isdecimal()):
            raise BadPart(value)
        place = (int(across), int(down))
        if not (place[0] < ACROSS and place[1] < DOWN):
            raise BadPart(value)
        found.append(place)
    return found


def drawn_box(value: str) -> Box:
    """ "120,80,200,300" in thousandths: left, top, width, height. Raises BadPart."""
    numbers = value.split(",")
    if len(numbers) != 4 or not all(one.isdecimal() and len(one) < 5 for one in numbers):
        raise BadPart(value)
    try:
        return Box(*(int(one) / THOUSAND for one in numbers))
    except ValueError as error:
        raise BadPart(value) from error


def parts(ticked: Iterable[str], boxes: Sequence[str]) -> list[Box]:
    """All that is to be covered. Raises BadPart."""
    if len(boxes) > MOST:
        raise BadPart(f"more than {MOST} boxes")
    cells = [
        Box(across / ACROSS, down / DOWN, 1 / ACROSS, 1 / DOWN) for across, down in squares(ticked)
    ]
    return joined([*cells, *(drawn_box(one) for one in boxes)])


def joined(boxes: Sequence[Box]) -> list[Box]:
    """Boxes that touch or overlap, as the box around them, until none touches another."""
    found = list(boxes)
    while pair := _first_touching(found):
        one, other = pair
        found = [each for each in found if each is not one and each is not other]
        found.append(_around(one, other))
    return found


def cut(left: int, top: int, right: int, bottom: int) -> Box:
    """What is left when so many hundredths are cut from each side. Raises BadPart."""
    try:
        return Box(left / 100, top / 100, (100 - left - right) / 100, (100 - top - bottom) / 100)
    except ValueError as error:
        raise BadPart("nothing is left") from error


def _first_touching(boxes: Sequence[Box]) -> tuple[Box, Box] | None:
    for place, one in enumerate(boxes):
        for other in boxes[place + 1 :]:
            if _touch(one, other):
                return one, other
    return None


def _touch(one: Box, other: Box) -> bool:
    near = 1e-9
    return (
        one.left <= other.left + other.width + near
        and other.left <= one.left + one.width + near
        and one.top <= other.top + other.height + near
        and other.top <= one.top + one.height + near
    )


def _around(one: Box, other: Box) -> Box:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right = max(one.left + one.width, other.left + other.width)
    bottom = max(one.top + one.height, other.top + other.height)
    return Box(left, top, right - left, bottom - top)
