"""What a class is told of itself: nothing under five, and nothing under five by subtraction."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.careers.classes.totals import MOST_ROLES, NOTHING, Totals, released

# Four sectors of six roles each.
ROLES = [f"{sector}-{place}" for sector in "abcd" for place in range(6)]
SECTOR_OF = {role: role[0] for role in ROLES}
Pupil = list[str]


def told(*pupils: Pupil) -> Totals:
    """Of a class in which each pupil got these roles."""
    roles = Counter(dict.fromkeys(ROLES, 0))
    sectors = Counter(dict.fromkeys("abcd", 0))
    for pupil in pupils:
        roles.update(pupil)
        sectors.update({SECTOR_OF[role] for role in pupil})
    return released(len(pupils), sectors, roles, SECTOR_OF)


# --- small and nearly whole -----------------------------------------------------------------------
def test_of_four_nothing_is_told() -> None:
    assert told(*[["a-0", "b-0", "c-0"]] * 4) == NOTHING


def test_of_five_only_that_they_are_five() -> None:
    """A number told of five would tell of none, and a nought is a number under five."""
    assert told(*[["a-0", "b-0", "c-0"]] * 5) == Totals(5, {}, {})


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True), (27, True), (28, False)])
def test_neither_those_with_a_role_nor_those_without_may_be_few(count: int, is_told: bool) -> None:
    without = [[f"c-{place % 6}", f"d-{place % 6}"] for place in range(32 - count)]
    found = told(*[["a-0", "b-1"]] * count, *without)
    assert ("a-0" in found.roles) is is_told
    assert ("b" in found.sectors) is is_told


def test_thirty_one_of_thirty_two_tells_of_one() -> None:
    found = told(*[["a-0", "b-0"]] * 31, ["c-0", "d-0"])
    assert found == Totals(32, {}, {})


# --- by subtraction -------------------------------------------------------------------------------
def counters(roles: dict[str, int], sectors: dict[str, int], of: int) -> Totals:
    """From counters alone, to come to the edge of each rule."""
    return released(of, sectors, roles, {role: role[0] for role in roles})


def test_one_role_left_out_would_follow_from_what_every_pupil_has() -> None:
    """Ten pupils with two roles each: the hidden four would be twenty less the others."""
    found = counters({"a-0": 5, "b-0": 5, "c-0": 4, "d-0": 6}, {}, of=12)
    assert len(found.roles) == 2
    assert "c-0" not in found.roles


def test_noughts_would_follow_if_all_there_are_were_told() -> None:
    found = counters({"a-0": 6, "b-0": 6, "c-0": 0, "d-0": 0}, {}, of=12)
    assert len(found.roles) == 1


def test_all_roles_are_told_when_all_are_large() -> None:
    assert counters({"a-0": 7, "b-0": 8}, {}, of=15).roles == {"b-0": 8, "a-0": 7}


def test_who_has_a_second_role_of_a_sector_does_not_follow() -> None:
    """All roles of the sector told, 12 in all, and 10 pupils: two would have both."""
    found = counters({"a-0": 6, "a-1": 6, "b-0": 7}, {"a": 10, "b": 7}, of=20)
    assert found.sectors == {}


def test_two_hidden_roles_of_a_sector_are_not_pinned_to_their_most() -> None:
    """Eight pupils, two roles under five each: four and four, if nobody has both."""
    assert counters({"a-0": 4, "a-1": 4, "b-0": 9}, {"a": 8}, of=20).sectors == {}
    roomy = {"a-0": 4, "a-1": 4, "a-2": 0, "a-3": 0, "b-0": 9}
    assert counters(roomy, {"a": 8}, of=20).sectors == {"a": 8}


def test_hidden_roles_of_a_sector_are_not_pinned_to_nought() -> None:
    """Ten pupils of the sector and twenty of its roles told: nothing is left for the others."""
    roles = {"a-0": 10, "a-1": 10, **{f"a-{n}": 0 for n in range(2, 9)}, "b-0": 9, "b-1": 9}
    assert counters(roles, {"a": 10}, of=20).sectors == {}


def test_how_many_second_roles_there_are_does_not_follow_from_all_sectors() -> None:
    roles = {f"{sector}-{n}": 2 for sector in "ab" for n in range(6)}
    assert counters(roles, {"a": 11, "b": 10}, of=20).sectors == {"a": 11}


def test_counters_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="5 pupils, but more under a-0"):
        counters({"a-0": 6}, {}, of=5)


# --- any class ------------------------------------------------------------------------------------
@st.composite
def classes(draw: st.DrawFn) -> list[Pupil]:
    """Up to 45 pupils with four roles each, at most two of a sector; some classes are all alike."""
    favourites = draw(st.permutations(ROLES))[: draw(st.integers(6, len(ROLES)))]
    return [pick(draw(st.permutations(favourites))) for _ in range(draw(st.integers(0, 45)))]


def pick(wished: list[str]) -> Pupil:
    taken: Counter[str] = Counter()
    chosen = []
    for role in wished:
        if taken[role[0]] < 2 and len(chosen) < 4:
            taken[role[0]] += 1
            chosen.append(role)
    return chosen


@settings(max_examples=150, deadline=None)
@given(classes())
def test_nothing_under_five_is_told_or_follows(pupils: list[Pupil]) -> None:
    found = told(*pupils)
    if len(pupils) < 5:
        assert found == NOTHING
        return
    for count in [*found.sectors.values(), *found.roles.values()]:
        assert 5 <= count <= len(pupils) - 5
    for role, count in found.roles.items():
        assert count == sum(role in pupil for pupil in pupils)
    for sector, count in found.sectors.items():
        assert count == sum(any(role[0] == sector for role in pupil) for pupil in pupils)
    given_out = sum(map(len, pupils))
    hidden = set(ROLES) - found.roles.keys()
    assert len(hidden) >= 2
    assert given_out - sum(found.roles.values()) >= 5
    assert given_out - sum(found.sectors.values()) >= 5 or not found.sectors
    assert len(found.roles) <= MOST_ROLES


@settings(max_examples=60, deadline=None)
@given(classes(), st.randoms())
def test_the_order_of_pupils_and_names_changes_nothing(pupils: list[Pupil], random: object) -> None:
    shuffled = sorted(pupils, key=lambda _: random.random())  # type: ignore[attr-defined]
    assert told(*pupils) == told(*shuffled)
