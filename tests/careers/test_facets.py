"""Either inside a facet, both across; counts promise what a click keeps."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from benchside.careers.facets import Facets, kind_of

RECORDS = [
    (1, {"subject": ["physics", "maths"], "sector": ["energy"]}),
    (2, {"subject": ["physics"], "sector": ["health"]}),
    (3, {"subject": ["biology"], "sector": ["health"]}),
    (4, {"subject": [], "sector": ["food"]}),
]
OPTIONS = {
    "subject": ["biology", "maths", "physics", "latin"],
    "sector": ["energy", "health", "food"],
}


def facets() -> Facets:
    kinds = [
        kind_of(name, name, [(s, s.title()) for s in slugs], RECORDS, lambda r, n=name: r[n])
        for name, slugs in OPTIONS.items()
    ]
    return Facets(frozenset({1, 2, 3, 4}), kinds)


@pytest.mark.parametrize(
    ("chosen", "expected"),
    [
        ({}, {1, 2, 3, 4}),
        ({"subject": ("physics",)}, {1, 2}),
        ({"subject": ("physics", "biology")}, {1, 2, 3}),
        ({"subject": ("physics", "biology"), "sector": ("health",)}, {2, 3}),
        ({"subject": ("maths",), "sector": ("health",)}, set()),
    ],
)
def test_either_inside_both_across(chosen: dict[str, tuple[str, ...]], expected: set[int]) -> None:
    assert facets().matching(chosen) == expected


def test_counts_leave_out_the_facets_own_choice() -> None:
    counts = facets().counts({"sector": ("health",)})
    assert counts["subject"] == {"biology": 1, "maths": 0, "physics": 1}
    assert counts["sector"] == {"energy": 1, "health": 2, "food": 1}


def test_a_value_nobody_has_is_not_offered() -> None:
    assert "latin" not in facets().kinds["subject"].values


def test_counts_stay_within_what_the_search_found() -> None:
    assert facets().counts({}, frozenset({3}))["sector"] == {"energy": 0, "health": 1, "food": 0}
    assert facets().matching({}, frozenset()) == frozenset()


def test_relaxations_name_the_single_value_to_take_away() -> None:
    chosen = {"subject": ("maths",), "sector": ("health",)}
    assert list(facets().relaxations(chosen, None)) == [
        ("subject", "maths", 2),
        ("sector", "health", 1),
    ]


choices = st.fixed_dictionaries(
    {},
    optional={
        "subject": st.lists(
            st.sampled_from(["biology", "maths", "physics"]), min_size=1, unique=True
        ),
        "sector": st.lists(st.sampled_from(["energy", "health", "food"]), min_size=1, unique=True),
    },
)


@settings(deadline=None)  # a busy machine is no fault of ours
@given(choices)
def test_count_of_an_untouched_facet_is_what_choosing_gives(chosen: dict[str, list[str]]) -> None:
    found = facets()
    picked = {name: tuple(slugs) for name, slugs in chosen.items()}
    for name, counts in found.counts(picked).items():
        if name not in picked:
            for slug, count in counts.items():
                assert count == len(found.matching({**picked, name: (slug,)}))
