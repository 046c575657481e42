"""Near-duplicates: the same picture treated as people treat pictures, and pictures that differ."""

from collections.abc import Callable
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageEnhance

from benchside.visibility.photos import likeness
from tests.visibility.photos.sent import scene

SCENES = 40
PRINTS = st.integers(0, 2**64 - 1)


def saved(image: Image.Image, quality: int) -> Image.Image:
    out = BytesIO()
    image.save(out, "JPEG", quality=quality)
    return Image.open(BytesIO(out.getvalue()))


def cut(image: Image.Image, left: float, top: float, right: float, bottom: float) -> Image.Image:
    width, height = image.size
    box = (width * left, height * top, width * (1 - right), height * (1 - bottom))
    return image.crop(tuple(round(side) for side in box))


TREATED: dict[str, Callable[[Image.Image], Image.Image]] = {
    "saved again": lambda image: saved(image, 30),
    "made smaller": lambda image: image.resize((160, 120)),
    "brighter": lambda image: ImageEnhance.Brightness(image).enhance(1.3),
    "darker": lambda image: ImageEnhance.Brightness(image).enhance(0.7),
    "more contrast": lambda image: ImageEnhance.Contrast(image).enhance(1.3),
    "without colour": lambda image: image.convert("L"),
    "framed closer": lambda image: cut(image, 0.05, 0.05, 0.05, 0.05),
    "cut on one side": lambda image: cut(image, 0.04, 0, 0, 0),
    "cut below": lambda image: cut(image, 0, 0, 0, 0.05),
    "squeezed": lambda image: image.resize((480, 480)),
}


def found(prints: list[int], among: dict[int, list[int]]) -> int | None:
    """As the database is asked: by marks first, then by distance."""
    marks = {mark for each in prints for mark in likeness.marks(each)}
    rows = [
        (key, kept)
        for key, all_kept in among.items()
        for kept in all_kept
        if marks & set(likeness.marks(kept))
    ]
    return likeness.nearest(prints, rows)


@pytest.fixture(scope="module")
def known() -> dict[int, list[int]]:
    return {seed: likeness.all_of(scene(seed)) for seed in range(SCENES)}


@pytest.mark.parametrize("how", TREATED)
def test_the_same_picture_is_found_again(known: dict[int, list[int]], how: str) -> None:
    right = [
        found(likeness.all_of(TREATED[how](scene(seed))), known) == seed for seed in range(SCENES)
    ]
    assert sum(right) >= SCENES * 0.95, how


def test_other_pictures_are_not_taken_for_it(known: dict[int, list[int]]) -> None:
    for seed in range(SCENES, SCENES + 120):
        assert found(likeness.all_of(scene(seed)), known) is None


def test_a_full_size_photograph_has_the_print_of_a_small_one() -> None:
    large = scene(3, (640, 480)).resize((4032, 3024), Image.Resampling.BICUBIC)
    assert likeness.distance(likeness.of(large), likeness.of(scene(3, (640, 480)))) <= 4


@pytest.mark.parametrize("size", [(1, 1), (1, 4000), (33, 7), (31, 31), (5000, 20)])
@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA"])
def test_any_shape_has_a_print(size: tuple[int, int], mode: str) -> None:
    prints = likeness.all_of(Image.new(mode, size))
    assert len(prints) == 2
    assert all(0 <= each < 2**64 for each in prints)


@given(PRINTS, st.sets(st.integers(0, 63), max_size=7))
def test_seven_bits_apart_always_share_a_mark(one: int, changed: set[int]) -> None:
    other = one
    for bit in changed:
        other ^= 1 << bit
    assert likeness.distance(one, other) == len(changed)
    assert set(likeness.marks(one)) & set(likeness.marks(other))


@given(PRINTS)
def test_databases_keep_it_whole(one: int) -> None:
    kept = likeness.signed(one)
    assert -(2**63) <= kept < 2**63
    assert likeness.unsigned(kept) == one
    assert all(0 <= mark < 2048 for mark in likeness.marks(one))


def test_nearest_of_none() -> None:
    assert likeness.nearest([1], []) is None
