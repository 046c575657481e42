"""Judges' grades to an order: worked out by hand, and properties that hold for any grades."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.recognition.nominations.points import points

GRADES = ("outstanding", "strong", "good", "little")


def test_worked_out_by_hand() -> None:
    one = {"did": "outstanding", "difference": "good", "others": "strong"}  # 3 + 1 + 2
    other = {"did": "strong", "difference": "little", "others": "strong"}  # 2 + 0 + 2
    assert points(GRADES, [one, other]) == pytest.approx(10 / 6)
    assert points(GRADES, []) is None
    assert points(GRADES, [{}]) is None


def test_a_grade_that_is_not_there() -> None:
    with pytest.raises(KeyError):
        points(GRADES, [{"did": "superb"}])


SEATS = st.lists(
    st.dictionaries(st.sampled_from(["a", "b", "c"]), st.sampled_from(GRADES), min_size=1),
    min_size=1,
    max_size=5,
)


@given(SEATS, st.randoms())
def test_order_of_judges_does_not_matter_and_it_stays_within(seats, random) -> None:
    found = points(GRADES, seats)
    assert found is not None
    assert 0 <= found <= len(GRADES) - 1
    shuffled = random.sample(seats, len(seats))
    assert points(GRADES, shuffled) == pytest.approx(found)


@given(SEATS)
def test_a_better_grade_never_lowers_it(seats) -> None:
    place, worst = next(iter(seats[0])), points(GRADES, seats)
    better = [{**seats[0], place: GRADES[0]}, *seats[1:]]
    assert points(GRADES, better) >= worst
