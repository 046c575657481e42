"""Points made fair: figures worked out by hand."""

import pytest

from benchside.visibility.contests.scoring import Given, outcome


def given(*lines: tuple[int, int, float]) -> list[Given]:
    return [Given(judge, entry, points) for judge, entry, points in lines]


def fair(*lines: tuple[int, int, float]) -> dict[int, float]:
    return {one.entry: one.fair for one in outcome(given(*lines)).standings}


def test_nothing_given_is_nothing_shown() -> None:
    assert outcome([]).standings == ()


def test_a_hard_judge_costs_an_entry_nothing() -> None:
    """Both saw entry 2; the second gave it two less, so the first leans one up, the second one
    down: 8-1, 6-1 and 4+1, 6+1."""
    assert fair((1, 1, 8), (1, 2, 6), (2, 2, 4), (2, 3, 6)) == {1: 7, 3: 7, 2: 5}


def test_where_all_judged_all_alike_the_mean_stands() -> None:
    found = outcome(given((1, 1, 9), (1, 2, 5), (2, 1, 7), (2, 2, 3)))
    assert [(one.entry, one.plain, one.fair) for one in found.standings] == [(1, 8, 8), (2, 4, 4)]
    assert [hand.lean for hand in found.hands] == pytest.approx([1, -1])


def test_spreads_are_drawn_to_the_panels_own() -> None:
    """Population deviations 8.1650 and 4.0825; root of the mean of squares 6.4550; so times 0.7906
    and 1.5811, after which both spread 20 - 7.906 to 20 + 7.906."""
    lines = [(1, 1, 10), (1, 2, 20), (1, 3, 30), (2, 1, 25), (2, 2, 20), (2, 3, 15)]
    found = outcome(given(*lines))
    assert [hand.stretch for hand in found.hands] == pytest.approx([0.790569, 1.581139], abs=1e-6)
    assert [one.fair for one in found.standings] == [20, 20, 20]  # the two cancel out


def test_no_spread_is_stretched_beyond_twice() -> None:
    lines = [(1, 1, 0), (1, 2, 10), (1, 3, 20), (2, 1, 10), (2, 2, 10), (2, 3, 11)]
    hands = outcome(given(*lines)).hands
    assert hands[1].stretch == 2


def test_a_judge_who_gave_all_the_same_changes_no_order() -> None:
    lines = [(1, 1, 1), (1, 2, 2), (1, 3, 3), (2, 1, 5), (2, 2, 5), (2, 3, 5)]
    found = outcome(given(*lines))
    assert [one.entry for one in found.standings] == [3, 2, 1]
    assert found.hands[1].stretch == 1


def test_equal_points_share_a_place_and_the_next_is_left_out() -> None:
    found = outcome(given((1, 1, 5), (1, 2, 7), (1, 3, 7), (1, 4, 1)))
    assert [(one.entry, one.place, one.is_tied) for one in found.standings] == [
        (2, 1, True), (3, 1, True), (1, 3, False), (4, 4, False),
    ]  # fmt: skip


def test_a_hundredth_is_a_difference_and_less_is_none() -> None:
    assert all(one.is_tied for one in outcome(given((1, 1, 5.0), (1, 2, 5.004))).standings)
    assert not any(one.is_tied for one in outcome(given((1, 1, 5.0), (1, 2, 5.01))).standings)
