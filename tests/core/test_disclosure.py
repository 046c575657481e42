"""The rules of disclosure, and an attacker who reads everything that is shown."""

from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.core.disclosure import (
    PUPILS,
    WORKFORCE,
    Cell,
    Policy,
    ProtectedList,
    ProtectedTable,
    Reason,
    protect_average,
    protect_count,
    protect_list,
    protect_share,
    protect_table,
)

POLICIES = st.sampled_from([WORKFORCE, PUPILS])
HIDDEN = Cell(None, Reason.PROTECTED)
# Small numbers, because there the danger is; a few large ones, because there the totals are.
PEOPLE = st.one_of(st.integers(0, 7), st.integers(0, 40))
LISTS = st.dictionaries(st.sampled_from("abcd"), PEOPLE, min_size=1, max_size=4)


def tables(rows: int, columns: int, people: st.SearchStrategy[int] = PEOPLE):
    row = st.fixed_dictionaries({f"c{j}": people for j in range(columns)})
    return st.fixed_dictionaries({f"r{i}": row for i in range(rows)})


# --- an attacker, written without a look at the defence --------------------------------------


def could_be(cell: Cell, policy: Policy, number: int) -> bool:
    """Would `number` be shown as `cell`? Every number may be hidden: for itself or as a shield."""
    if cell.value is None:
        return True
    if policy is PUPILS:
        return number == cell.value
    # Written out from the rule: 0, 1, 2 -> 0; 3 to 7 -> 5; 8 to 12 -> 10.
    return (number + 2) // 5 * 5 == cell.value


def guesses(cell: Cell, policy: Policy, most: int) -> list[int]:
    return [number for number in range(most + 1) if could_be(cell, policy, number)]


def worlds_of_list(shown: ProtectedList, policy: Policy, most: int):
    choices = [guesses(cell, policy, most) for cell in shown.cells.values()]
    for world in product(*choices):
        if could_be(shown.total, policy, sum(world)):
            yield (*world, sum(world))


def worlds_of_table(shown: ProtectedTable, policy: Policy, most: int):
    """All tables that would look like `shown`: each as cells, row totals, column totals, total."""
    rows = [list(row.values()) for row in shown.cells.values()]
    possible_rows = [
        [
            numbers
            for numbers in product(*[guesses(cell, policy, most) for cell in row])
            if could_be(total, policy, sum(numbers))
        ]
        for row, total in zip(rows, shown.row_totals.values(), strict=True)
    ]
    for world in product(*possible_rows):
        sums = [sum(column) for column in zip(*world, strict=True)]
        fits = all(
            could_be(cell, policy, number)
            for cell, number in zip(shown.column_totals.values(), sums, strict=True)
        )
        if fits and could_be(shown.total, policy, sum(sums)):
            yield (*sum(world, ()), *map(sum, world), *sums, sum(sums))


def cells_of(shown: ProtectedList | ProtectedTable) -> list[Cell]:
    if isinstance(shown, ProtectedList):
        return [*shown.cells.values(), shown.total]
    return [
        *(cell for row in shown.cells.values() for cell in row.values()),
        *shown.row_totals.values(),
        *shown.column_totals.values(),
        shown.total,
    ]


def numbers_of(counts) -> list[int]:
    if all(isinstance(value, int) for value in counts.values()):
        return [*counts.values(), sum(counts.values())]
    columns = list(next(iter(counts.values())))
    rows = [[row[column] for column in columns] for row in counts.values()]
    return [
        *(number for row in rows for number in row),
        *map(sum, rows),
        *(sum(column) for column in zip(*rows, strict=True)),
        sum(map(sum, rows)),
    ]


def assert_nothing_follows(shown, worlds, policy: Policy) -> None:
    """Each number not shown as it is takes at least two values over the possible worlds."""
    cells = cells_of(shown)
    secret = {
        place for place, cell in enumerate(cells) if cell.value is None or policy is WORKFORCE
    }
    first = None
    for world in worlds:
        first = first or world
        secret -= {place for place in secret if world[place] != first[place]}
        if not secret:
            return
    assert not secret, [(place, first[place], cells[place]) for place in sorted(secret)]


@given(LISTS, POLICIES)
@settings(max_examples=300, deadline=None)
def test_no_number_of_a_list_follows_from_the_others(counts, policy):
    shown = protect_list(counts, policy=policy, closed=True)

    most = max(counts.values()) + 6
    assert_nothing_follows(shown, worlds_of_list(shown, policy, most), policy)


@given(tables(2, 2), POLICIES)
@settings(max_examples=200, deadline=None)
def test_no_number_of_a_small_table_follows_from_the_others(counts, policy):
    shown = protect_table(counts, policy=policy, closed=True)

    most = max(max(row.values()) for row in counts.values()) + 6
    assert_nothing_follows(shown, worlds_of_table(shown, policy, most), policy)


@given(tables(3, 2, st.integers(0, 6)), POLICIES)
@settings(max_examples=60, deadline=None)
def test_no_number_of_a_longer_table_follows_from_the_others(counts, policy):
    shown = protect_table(counts, policy=policy, closed=True)

    assert_nothing_follows(shown, worlds_of_table(shown, policy, 8), policy)


def narrowed(shown: ProtectedTable, policy: Policy) -> list[list[int]]:
    """Bounds of each number, tightened by every sum until nothing moves."""
    height, width = len(shown.cells), len(shown.column_totals)
    high = 10_000
    spans = []
    for cell in cells_of(shown):
        if cell.value is None:
            spans.append([0, high])
        elif policy is PUPILS:
            spans.append([cell.value, cell.value])
        else:
            spans.append([max(0, cell.value - 2), cell.value + 2])
    cell_at = [[i * width + j for j in range(width)] for i in range(height)]
    rows = [height * width + i for i in range(height)]
    columns = [height * width + height + j for j in range(width)]
    total = len(spans) - 1
    sums = [
        *[(cell_at[i], rows[i]) for i in range(height)],
        *[([cell_at[i][j] for i in range(height)], columns[j]) for j in range(width)],
        (rows, total),
        (columns, total),
    ]
    moved = True
    while moved:
        before = [list(span) for span in spans]
        for parts, whole in sums:
            tighten(spans, parts, whole)
        moved = before != spans
    return spans


def tighten(spans: list[list[int]], parts: list[int], whole: int) -> None:
    low, high = (sum(spans[part][side] for part in parts) for side in (0, 1))
    spans[whole] = [max(spans[whole][0], low), min(spans[whole][1], high)]
    for part in parts:
        rest_low, rest_high = low - spans[part][0], high - spans[part][1]
        spans[part] = [
            max(spans[part][0], spans[whole][0] - rest_high),
            min(spans[part][1], spans[whole][1] - rest_low),
        ]
        low, high = rest_low + spans[part][0], rest_high + spans[part][1]


@given(st.integers(1, 6), st.integers(1, 6), st.data(), POLICIES)
@settings(max_examples=150, deadline=None)
def test_no_number_of_a_wide_table_follows_by_bounds(rows, columns, data, policy):
    counts = data.draw(tables(rows, columns))
    shown = protect_table(counts, policy=policy, closed=True)

    for cell, (low, high) in zip(cells_of(shown), narrowed(shown, policy), strict=True):
        if cell.value is None or policy is WORKFORCE:
            assert low < high


# --- the attacker himself is tried first: he must find what is there to find -------------------


def test_attacker_finds_what_follows_by_subtraction():
    shown = ProtectedList({"a": HIDDEN, "b": Cell(20)}, Cell(22))

    with pytest.raises(AssertionError):
        assert_nothing_follows(shown, worlds_of_list(shown, PUPILS, 30), PUPILS)


def test_attacker_finds_nine_twos_behind_nine_rounded_noughts():
    shown = ProtectedList({label: Cell(0) for label in "abcdefghi"}, Cell(20))

    with pytest.raises(AssertionError):
        assert_nothing_follows(shown, worlds_of_list(shown, WORKFORCE, 3), WORKFORCE)


# --- the rules themselves -----------------------------------------------------------------------


@pytest.mark.parametrize(
    ("people", "shown"),
    [(0, 0), (1, 0), (2, 0), (2.4, 0), (2.5, 5), (3, 5), (7, 5), (8, 10), (22, 20), (3286, 3285)],
)
def test_workforce_counts_go_to_the_nearest_five(people, shown):
    """The examples of HESA's own rounding strategy, and its halves."""
    assert protect_count(people, policy=WORKFORCE, closed=True) == Cell(shown)


@pytest.mark.parametrize("people", range(5))
def test_pupils_under_five_are_hidden(people):
    assert protect_count(people, policy=PUPILS, closed=True) == HIDDEN


def test_pupils_from_five_are_shown_as_they_are():
    assert protect_count(5, policy=PUPILS, closed=True) == Cell(5)
    assert protect_count(31, policy=PUPILS, closed=True) == Cell(31)


@given(PEOPLE)
def test_rounding_twice_changes_nothing(people):
    once = protect_count(people, policy=WORKFORCE, closed=True)
    assert protect_count(once.value, policy=WORKFORCE, closed=True) == once


@pytest.mark.parametrize("policy", [WORKFORCE, PUPILS])
def test_nothing_is_shown_of_an_open_period(policy):
    waiting = Cell(None, Reason.OPEN)
    how = {"policy": policy, "closed": False}

    assert protect_count(100, **how) == waiting
    assert protect_share(50, 100, **how) == waiting
    assert protect_average(50.0, 100, **how) == waiting
    assert cells_of(protect_list({"a": 9}, **how)) == [waiting] * 2
    assert cells_of(protect_table({"a": {"b": 9}}, **how)) == [waiting] * 4


@given(tables(3, 3), POLICIES)
@settings(deadline=None)
def test_each_shown_number_follows_its_rule(counts, policy):
    shown = protect_table(counts, policy=policy, closed=True)

    for cell, people in zip(cells_of(shown), numbers_of(counts), strict=True):
        assert could_be(cell, policy, people)
        if cell.value is None:
            assert cell.reason is Reason.PROTECTED
        elif policy is PUPILS:
            assert cell.value >= 5


@given(tables(3, 3), POLICIES, st.permutations(range(3)), st.permutations(range(3)))
@settings(deadline=None)
def test_order_of_rows_and_columns_does_not_matter(counts, policy, rows, columns):
    moved = {f"r{i}": {f"c{j}": counts[f"r{i}"][f"c{j}"] for j in columns} for i in rows}

    assert protect_table(moved, policy=policy, closed=True) == protect_table(
        counts, policy=policy, closed=True
    )


def test_smallest_neighbour_shields_a_small_number():
    shown = protect_list({"Leeds": 3, "York": 40, "Hull": 12}, policy=PUPILS, closed=True)

    assert shown.cells == {"Leeds": HIDDEN, "York": Cell(40), "Hull": HIDDEN}
    assert shown.total == Cell(55)


def test_total_shields_a_small_number_without_neighbours():
    shown = protect_table({"Leeds": {"girls": 3}}, policy=PUPILS, closed=True)

    assert set(cells_of(shown)) == {HIDDEN}


def test_large_workforce_table_hides_nothing():
    counts = {"men": {"20s": 31, "30s": 44}, "women": {"20s": 28, "30s": 57}}
    shown = protect_table(counts, policy=WORKFORCE, closed=True)

    assert shown.cells["men"] == {"20s": Cell(30), "30s": Cell(45)}
    assert shown.row_totals == {"men": Cell(75), "women": Cell(85)}
    assert shown.column_totals == {"20s": Cell(60), "30s": Cell(100)}
    assert shown.total == Cell(160)


def test_nine_twos_hide_behind_a_hidden_number():
    shown = protect_list(dict.fromkeys("abcdefghi", 2), policy=WORKFORCE, closed=True)

    assert HIDDEN in cells_of(shown)


def test_empty_list_has_only_a_total():
    assert cells_of(protect_list({}, policy=WORKFORCE, closed=True)) == [Cell(0)]
    assert cells_of(protect_list({}, policy=PUPILS, closed=True)) == [HIDDEN]


@pytest.mark.parametrize(
    ("part", "whole", "shown"),
    [
        (11, 22, Cell(None, Reason.TOO_FEW)),
        (250, 1000, Cell(25)),
        (333, 1000, Cell(33)),
        (0, 23, Cell(0)),
        (0, 0, Cell(None, Reason.TOO_FEW)),
    ],
)
def test_workforce_percentages_need_23_people(part, whole, shown):
    assert protect_share(part, whole, policy=WORKFORCE, closed=True) == shown


@given(st.integers(23, 300), st.data())
def test_no_number_of_people_follows_from_a_percentage(whole, data):
    part = data.draw(st.integers(0, whole))
    cell = protect_share(part, whole, policy=WORKFORCE, closed=True)

    if cell.value is None:
        return
    assert abs(cell.value - 100 * part / whole) <= 5
    believable = {
        guess
        for guess in range(max(0, part - 4), part + 5)
        for of in range(max(23, whole - 4), whole + 5)
        if guess <= of
        and (guess + 2) // 5 == (part + 2) // 5
        and (of + 2) // 5 == (whole + 2) // 5
        and abs(cell.value - 100 * guess / of) <= 5
    }
    assert len(believable) > 1


def test_one_in_25_is_not_told_by_its_percentage():
    """4 % of some 25 people could only be one."""
    assert protect_share(1, 25, policy=WORKFORCE, closed=True).value != 4


@pytest.mark.parametrize(("part", "whole"), [(4, 30), (27, 30), (2, 4)])
def test_pupil_percentages_hide_both_small_sides(part, whole):
    assert protect_share(part, whole, policy=PUPILS, closed=True).value is None


@pytest.mark.parametrize(
    ("policy", "people", "shown"),
    [(WORKFORCE, 7, None), (WORKFORCE, 8, 2.5), (PUPILS, 4, None), (PUPILS, 5, 4.0)],
)
def test_averages_need_enough_people(policy, people, shown):
    assert protect_average(20.0, people, policy=policy, closed=True).value == shown


def test_impossible_numbers_are_refused():
    with pytest.raises(ValueError, match="cannot be -1"):
        protect_list({"a": -1}, policy=PUPILS, closed=True)
    with pytest.raises(ValueError, match="more than its whole"):
        protect_share(3, 2, policy=PUPILS, closed=True)
    with pytest.raises(ValueError, match="same columns"):
        protect_table({"a": {"x": 1}, "b": {"y": 1}}, policy=PUPILS, closed=True)
    with pytest.raises(ValueError, match="at least one row"):
        protect_table({}, policy=PUPILS, closed=True)
