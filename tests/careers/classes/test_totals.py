"""What a class is told of itself: nothing under five, and nothing under five by subtraction."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.careers.classes.totals import NOTHING, Totals, released

SECTORS = [f"sector-{place}" for place in range(6)]
ROLES = [f"role-{place}" for place in range(9)]
QUIET = {"sector-9": 0, "sector-8": 0}


def sectors(**counts: int) -> dict[str, int]:
    return {name.replace("_", "-"): count for name, count in counts.items()}


def roles(*counts: int) -> dict[str, int]:
    return {f"role-{place}": count for place, count in enumerate(counts)}


# --- the brief's own numbers ----------------------------------------------------------------------
def test_of_four_nothing_is_told() -> None:
    assert released(4, sectors(health=4), roles(4, 4, 4, 4, 4, 4, 0)) == NOTHING


def test_five_are_told_of() -> None:
    found = released(5, sectors(health=5, energy=0, stage=0), roles(5, 5, 5, 5, 5, 5, 0, 0))
    assert found.pupils == 5
    # All in one sector: to say so would say that nobody is in the others.
    assert found.sectors == {}
    assert found.elsewhere == 5


def test_five_in_a_sector_are_shown_and_four_are_not() -> None:
    found = released(32, sectors(health=12, energy=11, stage=5, food=4, arts=0), roles())
    assert found.sectors == {"health": 12, "energy": 11}
    assert found.elsewhere == 9


def test_thirty_one_of_thirty_two_tells_of_one() -> None:
    found = released(32, sectors(health=31, energy=1), roles(31, 20, 12, 0, 0))
    assert found.sectors == {}
    assert found.roles == {"role-1": 20, "role-2": 12}


@pytest.mark.parametrize(("count", "is_told"), [(4, False), (5, True), (27, True), (28, False)])
def test_a_role_is_told_when_neither_side_is_small(count: int, is_told: bool) -> None:
    found = released(32, sectors(a=16, b=16), roles(count, 8, 8, 3, 3))
    assert ("role-0" in found.roles) is is_told


def test_one_role_left_out_would_follow_from_the_six_a_pupil() -> None:
    """Ten pupils with three roles each of four: the one hidden is 30 minus the others."""
    found = released(10, sectors(a=5, b=5), roles(5, 5, 4, 5))
    assert len(found.roles) == 2


def test_noughts_do_not_follow_either() -> None:
    """If all that is told adds to all there are, the rest is nought each."""
    found = released(20, sectors(a=10, b=10, c=0, d=0), roles())
    assert found.sectors == {"b": 10} or found.sectors == {"a": 10}
    assert found.elsewhere == 10


def test_all_are_told_when_all_are_large() -> None:
    found = released(15, sectors(a=5, b=10), roles(7, 8))
    assert found == Totals(15, {"b": 10, "a": 5}, 0, {"role-1": 8, "role-0": 7})


def test_counters_that_contradict_each_other_are_refused() -> None:
    with pytest.raises(ValueError, match="5 pupils, but 4"):
        released(5, {"a": 4}, {})
    with pytest.raises(ValueError, match="more under role"):
        released(5, {"a": 5}, {"role": 6})


# --- any class ------------------------------------------------------------------------------------
@st.composite
def classes(draw: st.DrawFn) -> list[tuple[str, list[str]]]:
    """Each pupil: the sector of the first role, and three roles."""
    favourites = draw(st.permutations(ROLES))
    size = draw(st.integers(0, 45))
    reach = draw(st.integers(3, len(ROLES)))
    return [
        (
            draw(st.sampled_from(SECTORS[: draw(st.integers(1, 6))])),
            draw(st.permutations(favourites[:reach]))[:3],
        )
        for _ in range(size)
    ]


@settings(max_examples=300, deadline=None)
@given(classes())
def test_nothing_under_five_is_told_or_follows(pupils: list[tuple[str, list[str]]]) -> None:
    by_sector = {slug: sum(first == slug for first, _ in pupils) for slug in SECTORS}
    by_role = {slug: sum(slug in three for _, three in pupils) for slug in ROLES}
    found = released(len(pupils), by_sector, by_role)
    if len(pupils) < 5:
        assert found == NOTHING
        return
    for count in [*found.sectors.values(), *found.roles.values()]:
        assert count >= 5
    for slug, count in found.roles.items():
        assert by_role[slug] == count
        assert len(pupils) - count >= 5
    for shown, everything in ((found.sectors, by_sector), (found.roles, by_role)):
        hidden = everything.keys() - shown.keys()
        rest = sum(everything.values()) - sum(shown.values())
        assert not hidden or (len(hidden) >= 2 and rest >= 5)
    assert found.elsewhere == len(pupils) - sum(found.sectors.values())


@given(classes())
def test_the_order_of_names_changes_nothing(pupils: list[tuple[str, list[str]]]) -> None:
    by_sector = {slug: sum(first == slug for first, _ in pupils) for slug in SECTORS}
    backwards = dict(reversed(by_sector.items()))
    assert released(len(pupils), by_sector, {}) == released(len(pupils), backwards, {})
