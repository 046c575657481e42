"""What is covered cannot be made out again, and what is cut off is gone."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageDraw, ImageStat

from benchside.core.media import PictureRefused
from benchside.core.retouching import MARGIN, SQUARES, Box, NothingLeft, retouched

FACE = Box(0.25, 0.25, 0.5, 0.5)


def file_of(image: Image.Image, kind: str = "PNG", **options: object) -> BytesIO:
    out = BytesIO()
    image.save(out, kind, **options)
    return out


def opened(safe: object) -> Image.Image:
    return Image.open(BytesIO(safe.read()))  # type: ignore[attr-defined]


def chessboard(step: int, size: int = 480) -> Image.Image:
    """Black and white squares: any two steps have the same average everywhere."""
    image = Image.new("RGB", (size, size), "white")
    draw = ImageDraw.Draw(image)
    for x in range(0, size, step):
        for y in range(0, size, step):
            if (x // step + y // step) % 2:
                draw.rectangle((x, y, x + step - 1, y + step - 1), "black")
    return image


def test_two_pictures_that_differ_only_under_the_cover_come_out_the_same() -> None:
    """Nothing but a few averages is left: fine detail of any kind has no way through."""
    whole = Box(0, 0, 1, 1)
    fine, coarse = (retouched(file_of(chessboard(step)), covered=[whole]) for step in (2, 8))
    assert fine.read() == coarse.read()


def test_what_is_left_is_no_more_than_a_few_squares() -> None:
    noise = Image.effect_noise((600, 600), 90).convert("RGB")
    seen = opened(retouched(file_of(noise), covered=[Box(0, 0, 1, 1)]))
    few = seen.resize((SQUARES * 3, SQUARES * 3), Image.Resampling.BOX)
    again = few.resize(seen.size, Image.Resampling.BICUBIC)
    (_, most), *_ = ImageChops.difference(seen, again).getextrema()
    assert most < 12  # 18 by 18 numbers tell all there is


def test_everything_else_stays_as_it_was() -> None:
    before = chessboard(8)
    after = opened(retouched(file_of(before), covered=[FACE]))
    edge = round(480 * (0.25 - 0.5 * MARGIN)) - 1
    assert after.crop((0, 0, 480, edge)).tobytes() == before.crop((0, 0, 480, edge)).tobytes()
    middle = ImageStat.Stat(after.crop((150, 150, 330, 330)).convert("L"))
    assert middle.stddev[0] < 5 < ImageStat.Stat(before.convert("L")).stddev[0]


def test_several_are_covered_and_a_margin_with_each() -> None:
    boxes = [Box(0.1, 0.1, 0.2, 0.2), Box(0.6, 0.6, 0.2, 0.2)]
    after = opened(retouched(file_of(chessboard(4)), covered=boxes)).convert("L")
    for left in (48, 288):
        inner = after.crop((left - 8, left - 8, left + 96 + 8, left + 96 + 8))
        assert ImageStat.Stat(inner).stddev[0] < 5


def test_it_is_covered_first_and_cut_then() -> None:
    after = opened(
        retouched(file_of(chessboard(4)), covered=[FACE], kept=Box(0.25, 0.25, 0.5, 0.5))
    )
    assert after.size == (240, 240)
    assert ImageStat.Stat(after.convert("L")).stddev[0] < 5


def test_cutting_leaves_nothing_of_the_rest_in_the_file() -> None:
    image = Image.new("RGB", (400, 400), "white")
    ImageDraw.Draw(image).rectangle((0, 0, 199, 399), "red")
    exif = Image.Exif()
    exif[0x010E] = "the place it was taken"
    after = retouched(file_of(image, "JPEG", exif=exif), kept=Box(0.5, 0, 0.5, 1))
    data = after.read()
    assert b"the place" not in data
    seen = Image.open(BytesIO(data))
    assert seen.size == (200, 400)
    assert ImageStat.Stat(seen.crop((20, 0, 200, 400))).mean == pytest.approx([255] * 3, abs=1)
    assert not seen.getexif()


def test_a_turned_picture_is_covered_where_people_see_it() -> None:
    image = chessboard(4)
    exif = Image.Exif()
    exif[0x0112] = 6  # a phone held upright
    after = opened(
        retouched(file_of(image, "JPEG", exif=exif, quality=95), covered=[Box(0, 0, 0.5, 0.3)])
    ).convert("L")
    assert ImageStat.Stat(after.crop((5, 5, 230, 130))).stddev[0] < 8
    assert ImageStat.Stat(after.crop((300, 300, 470, 470))).stddev[0] > 60


@pytest.mark.parametrize(
    "numbers", [(-0.1, 0, 0.5, 0.5), (0, 0, 0, 0.5), (0.6, 0, 0.5, 0.5), (0, 0, float("nan"), 1)]
)
def test_what_is_no_part_of_the_picture_is_refused(numbers: tuple[float, ...]) -> None:
    with pytest.raises(ValueError, match="not a part"):
        Box(*numbers)


def test_a_slip_of_the_hand_is_not_kept() -> None:
    with pytest.raises(NothingLeft):
        retouched(file_of(chessboard(8)), kept=Box(0, 0, 0.05, 1))


def test_a_file_that_is_no_picture_is_refused() -> None:
    with pytest.raises(PictureRefused):
        retouched(BytesIO(b"<html>"), covered=[FACE])


@given(
    st.floats(0, 0.99), st.floats(0, 0.99), st.floats(0.001, 1), st.floats(0.001, 1),
    st.integers(1, 5000), st.integers(1, 5000),
)  # fmt: skip
def test_any_box_is_whole_pixels_of_the_picture(
    left: float, top: float, width: float, height: float, across: int, down: int
) -> None:
    box = Box(left, top, min(width, 1 - left), min(height, 1 - top)).grown(MARGIN)
    x0, y0, x1, y1 = box.pixels((across, down))
    assert 0 <= x0 < x1 <= across
    assert 0 <= y0 < y1 <= down
    assert x0 <= box.left * across
    assert x1 >= min(across, (box.left + box.width) * across) - 1e-6
    assert y1 >= min(down, (box.top + box.height) * down) - 1e-6
