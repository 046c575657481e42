"""What readers see of a staff list: censuses only, and nobody who comes or goes between two."""

from datetime import date, timedelta

import pytest

from benchside.organisations.models import Employment, StaffSnapshot
from benchside.organisations.staff import counting, releasing
from tests.factories.staff_lists import EDIE
from tests.organisations.lists import bring, changed

pytestmark = pytest.mark.django_db

CENSUS, NEXT = date(2026, 12, 1), date(2027, 7, 31)


def crowd(first: int, last: int):
    """Rows of people by number."""
    return [
        changed(
            EDIE,
            staff_no=f"{number}",
            name=f"Made-Up {number}",
            work_e_mail=f"p{number}@benchside.example",
            department=("Physics", "Music", "Stores")[number % 3],
        )
        for number in range(first, last)
    ]


def shown(organisation) -> list[tuple[date, dict]]:
    return [(one.day, one.shown) for one in releasing.shown_of(organisation)]


def test_a_census_is_shown_rounded_and_then_never_changes(nowhere, steward) -> None:
    bring(steward, nowhere, *crowd(0, 13))
    taken = counting.take_snapshot(nowhere, CENSUS)
    assert taken.shown["people"] == 15
    assert taken.shown["lists"]["unit"] == {"Music": 5, "Physics": 5, "Stores": 5}
    bring(steward, nowhere, *crowd(0, 30))
    again = counting.take_snapshot(nowhere, CENSUS)
    assert (again.pk, again.people, again.shown) == (taken.pk, 13, taken.shown)


def test_a_day_that_is_no_census_is_counted_and_shown_to_nobody(nowhere, steward) -> None:
    bring(steward, nowhere, *crowd(0, 13))
    assert counting.take_snapshot(nowhere, date(2026, 11, 5)).shown is None


@pytest.mark.parametrize("rows", [crowd(0, 12), crowd(1, 13), crowd(0, 14), crowd(0, 13)])
def test_on_either_side_of_one_who_leaves_or_joins_the_same_is_shown(
    nowhere, steward, rows
) -> None:
    bring(steward, nowhere, *crowd(0, 13))
    counting.take_snapshot(nowhere, CENSUS)
    before = shown(nowhere)
    bring(steward, nowhere, *rows)
    later = counting.take_snapshot(nowhere, NEXT)
    assert later.people == len(rows)
    assert shown(nowhere) == before


def test_who_came_and_went_adds_up_until_they_are_a_crowd(nowhere, steward) -> None:
    bring(steward, nowhere, *crowd(0, 20))
    counting.take_snapshot(nowhere, CENSUS)
    bring(steward, nowhere, *crowd(3, 20))
    held = counting.take_snapshot(nowhere, NEXT)
    assert (held.joined, held.left, held.shown) == (0, 3, None)
    bring(steward, nowhere, *crowd(6, 27))
    third = counting.take_snapshot(nowhere, date(2027, 12, 1))
    assert (third.joined, third.left) == (7, 3)
    assert (third.shown["joined"], third.shown["left"]) == (5, 5)


def test_a_day_counted_twice_counts_nobody_twice(nowhere, steward) -> None:
    day = date(2026, 11, 5)
    bring(steward, nowhere, *crowd(0, 10))
    counting.take_snapshot(nowhere, day)
    bring(steward, nowhere, *crowd(2, 13))
    later = day + timedelta(days=1)
    counting.take_snapshot(nowhere, later)
    bring(steward, nowhere, *crowd(3, 14))
    taken = counting.take_snapshot(nowhere, later)
    assert (taken.people, taken.joined, taken.left) == (11, 4, 3)
    assert StaffSnapshot.objects.count() == 2


def test_a_day_before_one_that_was_counted_moves_nothing(nowhere, steward) -> None:
    bring(steward, nowhere, *crowd(0, 10))
    counting.take_snapshot(nowhere, NEXT)
    past = counting.take_snapshot(nowhere, CENSUS)
    assert (past.joined, past.left, past.shown) == (0, 0, None)
    assert set(Employment.objects.values_list("counted_on", flat=True)) == {NEXT}


def test_a_place_of_three_is_shown_as_nought_or_five(nowhere, steward) -> None:
    bring(steward, nowhere, *crowd(0, 3))
    taken = counting.take_snapshot(nowhere, CENSUS)
    values = {value for cells in taken.shown["lists"].values() for value in cells.values()}
    assert values <= {0, 5, None}
