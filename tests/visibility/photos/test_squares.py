"""What a moderator ticks and draws over a picture is covered as one where it touches."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.core.retouching import Box
from benchside.visibility.photos.moderation_squares import BadPart, cut, joined, parts


def test_squares_that_touch_are_one_face() -> None:
    (one,) = parts(["2-3", "3-3", "2-4", "3-4"], [])
    assert (one.left, one.top) == pytest.approx((0.2, 0.3))
    assert (one.width, one.height) == pytest.approx((0.2, 0.2))


def test_two_faces_are_two() -> None:
    assert len(parts(["0-0", "9-9"], ["400,400,100,100"])) == 3


def test_strokes_over_one_face_are_joined() -> None:
    (one,) = parts([], ["100,100,100,50", "150,140,100,50", "240,180,30,40"])
    assert (one.left, one.top, one.width, one.height) == pytest.approx((0.1, 0.1, 0.17, 0.12))


@pytest.mark.parametrize("ticked", ["10-0", "0-10", "-1-0", "x", "1", "", "١-١٢"])
def test_no_such_square(ticked: str) -> None:
    with pytest.raises(BadPart):
        parts([ticked], [])


@pytest.mark.parametrize("drawn", ["1,2,3", "0,0,0,5", "900,0,200,5", "a,b,c,d", "1,1,1,99999"])
def test_no_such_box(drawn: str) -> None:
    with pytest.raises(BadPart):
        parts([], [drawn])


def test_too_many_are_refused() -> None:
    with pytest.raises(BadPart):
        parts([], ["0,0,1,1"] * 61)


def test_what_is_left_of_a_cut() -> None:
    kept = cut(10, 0, 25, 50)
    assert (kept.left, kept.top, kept.width, kept.height) == pytest.approx((0.1, 0, 0.65, 0.5))
    with pytest.raises(BadPart):
        cut(60, 0, 60, 0)


boxes = st.builds(
    lambda left, top, width, height: Box(left, top, min(width, 1 - left), min(height, 1 - top)),
    st.floats(0, 0.9), st.floats(0, 0.9), st.floats(0.01, 0.5), st.floats(0.01, 0.5),
)  # fmt: skip


@given(st.lists(boxes, max_size=12))
def test_joining_loses_nothing_and_leaves_none_touching(given_boxes: list[Box]) -> None:
    found = joined(given_boxes)
    for box in given_boxes:
        assert any(
            one.left <= box.left + 1e-9
            and one.top <= box.top + 1e-9
            and one.left + one.width >= box.left + box.width - 1e-9
            and one.top + one.height >= box.top + box.height - 1e-9
            for one in found
        )
    assert joined(found) == found
