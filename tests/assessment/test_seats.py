"""Nobody looks at what they have an interest in, and seats are dealt out evenly."""

from itertools import combinations, product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.assessment.seats import Case, Conflict, Reviewer, conflicts, deal


@pytest.mark.parametrize(
    ("reviewer", "case", "personal", "reason"),
    [
        (Reviewer("r"), Case("c", holder_people=frozenset("r")), True, Conflict.OWN),
        (
            Reviewer("r", frozenset({"here"})),
            Case("c", holder_organisations=frozenset({"here"})),
            True,
            Conflict.SAME_EMPLOYER,
        ),
        (
            Reviewer("r", frozenset({"here"})),
            Case("c", holder_organisations=frozenset({"here"})),
            False,
            Conflict.OWN_ORGANISATION,
        ),
        (
            Reviewer("r", frozenset({"friend"})),
            Case("c", partners=frozenset({"friend"})),
            False,
            Conflict.PARTNER,
        ),
        (Reviewer("r"), Case("c", supporters=frozenset("r")), True, Conflict.SUPPORTER),
        (Reviewer("r", declared=frozenset("c")), Case("c"), True, Conflict.DECLARED),
        (Reviewer("r"), Case("c", sat_before=frozenset("r")), True, Conflict.BEFORE),
    ],
)
def test_each_conflict_stands_in_the_way(
    reviewer: Reviewer, case: Case, personal: bool, reason: Conflict
) -> None:
    assert conflicts(reviewer, case, is_personal=personal) == (reason,)
    dealt = deal([case], [reviewer], seats=1, is_personal=personal)
    assert dealt.seats == {"c": ()}
    assert dealt.short == {"c": 1}


def test_others_make_room_where_only_one_can_look() -> None:
    """Ann can look at both, Bo at the first alone: one seat each is possible, and is found."""
    cases = [Case("one"), Case("two", supporters=frozenset({"bo"}))]
    reviewers = [Reviewer("ann", most=1), Reviewer("bo", most=1)]
    dealt = deal(cases, reviewers, seats=1, is_personal=True)
    assert dealt.seats == {"one": ("bo",), "two": ("ann",)}


def test_the_load_of_before_counts() -> None:
    dealt = deal(
        [Case("one")], [Reviewer("busy", load=3), Reviewer("free")], seats=1, is_personal=True
    )
    assert dealt.seats == {"one": ("free",)}


small = st.tuples(
    st.integers(1, 3),  # cases
    st.integers(1, 4),  # reviewers
    st.integers(1, 2),  # seats
    st.sets(st.tuples(st.integers(0, 2), st.integers(0, 3))),  # who must not look
    st.lists(st.integers(0, 2), min_size=4, max_size=4),  # most
)


def best(cases: int, able: list[list[int]], seats: int, most: list[int]) -> tuple[int, int]:
    """By trying everything: most seats filled, and then the smallest highest load."""
    options = [
        [set(some) for size in range(min(seats, len(one)) + 1) for some in combinations(one, size)]
        for one in able
    ]
    found = (0, 0)
    for tried in product(*options):
        loads = [sum(one in given for given in tried) for one in range(len(most))]
        if all(load <= limit for load, limit in zip(loads, most, strict=True)):
            score = (sum(map(len, tried)), -max(loads, default=0))
            found = max(found, score)
    return found


@settings(max_examples=150, deadline=None)
@given(small)
def test_as_many_seats_as_can_be_and_the_fullest_diary_as_small_as_can_be(drawn) -> None:  # type: ignore[no-untyped-def]
    count, people, seats, never, limits = drawn
    limits = limits[:people]
    cases = [
        Case(n, supporters=frozenset(f"r{who}" for case, who in never if case == n))
        for n in range(count)
    ]
    reviewers = [Reviewer(f"r{n}", most=limits[n]) for n in range(people)]
    dealt = deal(cases, reviewers, seats=seats, is_personal=True)
    able = [[who for who in range(people) if (n, who) not in never] for n in range(count)]
    filled = sum(len(given) for given in dealt.seats.values())
    loads = [sum(f"r{n}" in given for given in dealt.seats.values()) for n in range(people)]
    assert all(len(set(given)) == len(given) for given in dealt.seats.values())
    assert (filled, -max(loads, default=0)) == best(count, able, seats, limits)
