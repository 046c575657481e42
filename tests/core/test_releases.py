"""Several lists, shown again and again, and an attacker who keeps every page and every file."""

from collections.abc import Iterator, Mapping
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.core.disclosure import WORKFORCE
from benchside.core.releases import CROWD, Census, Release, Told, follows, release

MANY = 10_000
Span = tuple[int, int]


# --- an attacker, written without a look at the defence -----------------------------------------
def span(value: int | None) -> Span:
    """What a number can be that is shown so. From the rule: 0, 1, 2 -> 0; 3 to 7 -> 5 ..."""
    return (0, MANY) if value is None else (max(0, value - 2), value + 2)


def totals(shown: Release) -> range:
    """What the sum can be, by its own figure and by every list."""
    low, high = span(shown.people)
    for cells in shown.lists.values():
        spans = [span(value) for value in cells.values()]
        low = max(low, sum(least for least, _ in spans))
        high = min(high, sum(most for _, most in spans))
    return range(low, min(high, 60) + 1)


def moves(before: int, after: int, shown: Release) -> Iterator[tuple[int, int]]:
    """How many may have joined and left between two totals."""
    least, most = span(shown.joined)
    for joined in range(least, min(most, after) + 1):
        left = before + joined - after
        low, high = span(shown.left)
        if low <= left <= min(high, before):
            yield joined, left


def possible(series: list[Release]) -> dict[tuple, set[int]]:
    """Every number of every release, with all it can be: two values are enough to be safe."""
    found: dict[tuple, set[int]] = {}

    def note(key: tuple, *values: int) -> None:
        found.setdefault(key, set()).update(values)

    for sums in product(*[totals(one) for one in series]):
        steps = [
            list(moves(sums[place - 1], sums[place], series[place]))
            for place in range(1, len(series))
        ]
        if not all(steps):
            continue
        for place, some in enumerate(steps, start=1):
            note((place, "joined"), *(joined for joined, _ in some))
            note((place, "left"), *(left for _, left in some))
        for place, (total, shown) in enumerate(zip(sums, series, strict=True)):
            note((place, "people"), total)
            for name, cells in shown.lists.items():
                for label, bounds in within(cells, total):
                    note((place, name, label), *bounds)
    return found


def within(cells: Mapping[str, int | None], total: int) -> Iterator[tuple[str, Span]]:
    spans = {label: span(value) for label, value in cells.items()}
    for label, (low, high) in spans.items():
        others = [bounds for other, bounds in spans.items() if other != label]
        yield (
            label,
            (
                max(low, total - sum(most for _, most in others)),
                min(high, total - sum(least for least, _ in others)),
            ),
        )


def assert_nothing_follows(series: list[Release]) -> None:
    known = {key: values for key, values in possible(series).items() if len(values) < 2}
    assert not known, (known, series)


# --- staffs --------------------------------------------------------------------------------------
def parted(total: int, labels: str) -> st.SearchStrategy[dict[str, int]]:
    """`total` people over labels, often in small groups."""

    def counts(cuts: list[int]) -> dict[str, int]:
        edges = [0, *sorted(cuts), total]
        return {label: edges[at + 1] - edges[at] for at, label in enumerate(labels)}

    size = len(labels) - 1
    return st.lists(st.integers(0, total), min_size=size, max_size=size).map(counts)


@st.composite
def censuses(draw: st.DrawFn, length: int) -> list[Census]:
    """Lists of two, four and nine kinds over the same few people, who come and go."""
    made: list[Census] = []
    people = draw(st.integers(0, 22))
    for place in range(length):
        joined = left = 0
        if place:
            left = draw(st.sampled_from([0, *range(CROWD, people + 1)]))
            joined = draw(st.one_of(st.just(0), st.integers(CROWD, 12)))
            people += joined - left
        lists = {
            "sex": draw(parted(people, "FM")),
            "grade": draw(parted(people, "1234")),
            "unit": draw(parted(people, "abcdefghi")),
        }
        made.append(Census(people, lists, joined, left))
    return made


def told(series: list[Census]) -> list[Told]:
    shown: list[Told] = []
    for census in series:
        if (made := release(shown, census, policy=WORKFORCE)) is not None:
            shown.append(Told(census, made))
    return shown


@given(censuses(1))
@settings(max_examples=300, deadline=None)
def test_no_number_follows_from_all_lists_of_one_census(series):
    assert_nothing_follows([one.release for one in told(series)])


@given(censuses(3))
@settings(max_examples=150, deadline=None)
def test_no_number_follows_from_all_censuses_together(series):
    # A census in which nobody moved is held back, and the next is counted from the one shown.
    assert_nothing_follows([one.release for one in told(linked(series))])


def linked(series: list[Census]) -> list[Census]:
    made, joined, left = series[:1], 0, 0
    for census in series[1:]:
        joined, left = joined + census.joined, left + census.left
        one = Census(census.people, census.lists, joined, left)
        if follows(one):
            made.append(one)
            joined = left = 0
    return made


def test_the_attacker_finds_what_lists_alone_would_give_away():
    """The worked case: seven cells of nought, a total of 15, and a list of at least 14."""
    naive = Release(
        people=15,
        lists={
            "unit": dict.fromkeys("abcdefg", 0),
            "sex": {"F": 10, "M": 5, "X": 5},
        },
    )
    known = possible([naive])
    assert {key for key, values in known.items() if len(values) == 1} >= {(0, "unit", "a")}
    assert known[0, "unit", "a"] == {2}
    honest = release(
        [],
        Census(14, {"unit": dict.fromkeys("abcdefg", 2), "sex": {"F": 8, "M": 3, "X": 3}}),
        policy=WORKFORCE,
    )
    assert_nothing_follows([honest])


@given(censuses(1), st.integers(0, 4), st.integers(0, 4))
@settings(max_examples=100, deadline=None)
def test_a_few_who_came_or_went_change_nothing_shown(series, joined, left):
    first = series[0]
    left = min(left, first.people)
    people = first.people + joined - left
    later = Census(people, {"sex": {"F": people, "M": 0}}, joined, left)
    assert release(told(series), later, policy=WORKFORCE) is None


@pytest.mark.parametrize(
    ("joined", "left", "may"),
    [(0, 0, False), (5, 0, True), (0, 5, True), (4, 6, False), (12, 1, False), (6, 9, True)],
)
def test_who_comes_or_goes_does_so_in_a_crowd(joined, left, may):
    assert follows(Census(20, {}, joined, left)) is may


def test_numbers_that_do_not_add_up_are_refused():
    with pytest.raises(ValueError, match="by sex"):
        Census(3, {"sex": {"F": 1, "M": 1}})
    first = Census(20, {})
    shown = [Told(first, release([], first, policy=WORKFORCE))]
    with pytest.raises(ValueError, match="is not 30"):
        release(shown, Census(30, {}, joined=5, left=0), policy=WORKFORCE)


def test_the_attacker_finds_what_two_censuses_together_would_give_away():
    """The worked case: at most 14 before, at most 7 joined, at least 8 left: 13 at most after,
    where the total of 15 says 13 at least. So all of it is known, and seven units of two."""
    first = Census(14, {"unit": dict.fromkeys("abcdefg", 2)})
    second = Census(13, {"sex": {"F": 7, "M": 6}}, joined=7, left=8)
    shown = release([], first, policy=WORKFORCE)
    alone = Release(people=15, lists={"sex": {"F": 5, "M": 5}}, joined=5, left=10)
    assert shown.people == 15
    assert possible([shown, alone])[0, "unit", "a"] == {2}
    honest = release([Told(first, shown)], second, policy=WORKFORCE)
    assert_nothing_follows([shown, honest])
