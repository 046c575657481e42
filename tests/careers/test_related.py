"""Roles like this one: symmetrical, deterministic, spread over sectors, with a reason."""

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.careers.live import live_catalogue
from benchside.careers.related import WEIGHTS, Neighbours, Profile, cosine, jaccard

FLAT = (3.0,) * 6


def profile(
    number: int, sector: str = "a", interests: tuple[float, ...] = FLAT, **sets: str
) -> Profile:
    words = {name: frozenset(sets.get(name, "").split()) for name in ("kit", "skills", "subjects")}
    return Profile(number=number, interests=interests, sector=sector, **words)


def test_cosine_of_known_angles() -> None:
    assert cosine((1, 0), (0, 1)) == 0
    assert cosine((1, 2), (2, 4)) == pytest.approx(1)
    assert cosine((1, 1), (-1, -1)) == pytest.approx(-1)
    assert cosine((3, 4), (4, 3)) == pytest.approx(24 / 25)
    assert cosine((0, 0), (1, 1)) == 0


def test_jaccard_of_small_sets() -> None:
    assert jaccard(frozenset("abc"), frozenset("bcd")) == pytest.approx(2 / 4)
    assert jaccard(frozenset(), frozenset()) == 0


def test_weights_add_up_to_one() -> None:
    assert sum(WEIGHTS.values()) == pytest.approx(1)


def test_shared_kit_brings_roles_together_and_is_the_reason() -> None:
    one = profile(1, "a", kit="lathe saw")
    others = [
        profile(2, "b", kit="lathe"),
        profile(3, "b", kit="oven"),
        profile(4, "c", kit="oven"),
    ]
    nearest = Neighbours([one, *others]).of(one)
    assert nearest[0].number == 2
    assert nearest[0].shared == ("kit", "lathe")


def test_rarest_shared_thing_is_the_reason() -> None:
    many = [profile(n, "b", kit="saw") for n in range(3, 9)]
    one, other = profile(1, "a", kit="saw loom"), profile(2, "b", kit="saw loom")
    found = Neighbours([one, other, *many]).of(one)
    assert found[0].shared == ("kit", "loom")


def test_reason_falls_back_to_skills_subjects_sector_interests() -> None:
    one = profile(1, "a", skills="sewing", subjects="art")
    others = [
        profile(2, "b", skills="sewing"),
        profile(3, "c", subjects="art"),
        profile(4, "a"),
        profile(5, "d"),
    ]
    shared = {found.number: found.shared for found in Neighbours([one, *others]).of(one)}
    assert shared == {
        2: ("skills", "sewing"),
        3: ("subjects", "art"),
        4: ("sector", "a"),
        5: ("interests", ""),
    }


def test_no_more_than_two_of_one_sector() -> None:
    one = profile(1, "a", kit="lathe")
    same = [profile(n, "a", kit="lathe") for n in range(2, 7)]
    others = [profile(10, "b"), profile(11, "c"), profile(12, "d")]
    found = Neighbours([one, *same, *others]).of(one)
    assert [one.number for one in found] == [2, 3, 10, 11]


interest = st.floats(1, 7, allow_nan=False)
profiles = st.lists(
    st.builds(
        Profile,
        number=st.integers(1, 99),
        interests=st.tuples(*[interest] * 6),
        kit=st.frozensets(st.sampled_from("abcd")),
        skills=st.frozensets(st.sampled_from("efgh")),
        subjects=st.frozensets(st.sampled_from("ij")),
        sector=st.sampled_from("xyz"),
    ),
    min_size=2,
    max_size=12,
    unique_by=lambda one: one.number,
)


@settings(deadline=None)  # a busy machine is no fault of ours
@given(profiles)
def test_answers_hold_for_any_roles(found: list[Profile]) -> None:
    forwards, backwards = Neighbours(found), Neighbours(reversed(found))
    sectors = {one.number: one.sector for one in found}
    for one in found:
        nearest = forwards.of(one)
        assert nearest == backwards.of(one)
        assert one.number not in {near.number for near in nearest}
        assert all(0 <= near.score <= 1 for near in nearest)
        assert max(Counter(sectors[near.number] for near in nearest).values(), default=0) <= 2


def test_every_real_role_has_four_neighbours_with_a_reason(catalogue: None) -> None:
    live = live_catalogue()
    reached = set()
    for role in live.roles:
        cards = live.related_to(role)
        assert len(cards) == 4
        assert all(card.why.startswith(("also ", "suits ")) for card in cards)
        assert max(Counter(card.role.sector_id for card in cards).values()) <= 2
        reached |= {card.role.pk for card in cards}
    assert len(reached) > 85  # hardly a role that no other leads to


@pytest.mark.parametrize(
    ("slug", "expected"),
    [
        ("wind-turbine-technician", "hard hat"),
        ("veterinary-nurse", "also"),
    ],
)
def test_reason_is_a_phrase_a_reader_knows(catalogue: None, slug: str, expected: str) -> None:
    live = live_catalogue()
    whys = " ".join(card.why for card in live.related_to(live.by_slug[slug]))
    assert expected in whys


def test_a_brewer_is_near_a_dairy(catalogue: None) -> None:
    live = live_catalogue()
    near = [card.role.slug for card in live.related_to(live.by_slug["brewery-technician"])]
    assert "dairy-technician" in near
