"""A place is found by name, town, postcode, number and with slips of the keyboard."""

import csv
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchside.organisations.finding import Place, PlaceIndex

PLACES = [
    Place(1, "schools", "St Mary's CofE Primary School", "Wigan WN1 2AB 106543"),
    Place(2, "schools", "St Mary's Catholic High School", "Leigh Wigan 106544"),
    Place(3, "schools", "Northmoor High School", "Northmoor NM1 1AA 123456"),
    Place(4, "universities", "The Open University", "OU 10007773"),
    Place(5, "universities", "University of Leeds", "LS2 9JT 10007795"),
    Place(6, "research", "University of Leeds", "024mrxd33"),
    Place(7, "schools", "Leeds City Academy", "Leeds 123457"),
    Place(8, "schools", "Ousedale School", "Milton Keynes"),
]
INDEX = PlaceIndex(PLACES)


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("st marys wigan primary", 1),
        ("Saint Mary's C of E", 1),
        ("st mary catholic", 2),
        ("123456", 3),
        ("nm1 1aa", 3),
        ("NORTHMOOR", 3),
        ("north", 3),
        ("northmor hgih", 3),
        ("univeristy of leeds", 5),
        ("024mrxd33", 6),
        ("OU", 4),
        ("open uni", 4),
    ],
)
def test_the_place_meant_comes_first(typed: str, first: int) -> None:
    assert INDEX.find(typed).ids[0] == first


def test_a_slip_is_said() -> None:
    assert INDEX.find("univeristy leeds").read_as == "university leeds"
    assert INDEX.find("university leeds").read_as == ""


def test_only_those_that_answer_most_words() -> None:
    answer = INDEX.find("leeds academy")
    assert answer.ids == [7]
    assert answer.total == 1


def test_one_list_alone() -> None:
    assert INDEX.find("leeds", groups={"schools"}).ids == [7]


@pytest.mark.parametrize("typed", ["", "  ", "zzzzqqqq", "%", "'", "\0", "🦆", "(", "of"])
def test_nothing_to_find_finds_nothing_it_should_not(typed: str) -> None:
    assert set(INDEX.find(typed).ids) <= {5, 6}


@given(st.text(max_size=300))
def test_whatever_is_typed_is_answered(typed: str) -> None:
    answer = INDEX.find(typed, limit=3)
    assert len(answer.ids) <= 3
    assert answer.total >= len(answer.ids)


def test_an_empty_list_answers() -> None:
    assert PlaceIndex([]).find("school").ids == []


# --- the real list ------------------------------------------------------------------------------
@pytest.fixture(scope="module")
def england(shared_data: Path) -> tuple[PlaceIndex, dict[int, str]]:
    with (shared_data / "orgs" / "schools_england_dfe_2019_20.csv").open() as file:
        rows = list(csv.DictReader(file))
    names = {int(row["urn"]): row["school_name"] for row in rows}
    places = [
        Place(
            int(row["urn"]),
            "schools",
            row["school_name"],
            f"{row['parliamentary_constituency']} {row['la_name']} {row['urn']}",
        )
        for row in rows
    ]
    return PlaceIndex(places), names


def test_every_school_is_found_by_its_number_and_its_name(england) -> None:
    index, names = england
    assert len(index) == 21_567
    for urn in list(names)[::1_000]:
        assert index.find(str(urn)).ids == [urn]
        same = {names[found] for found in index.find(names[urn], limit=50).ids}
        assert names[urn] in same


@pytest.mark.parametrize(
    ("typed", "wanted"),
    [
        ("sir jhon cass", "Sir John Cass's Foundation Primary School"),
        ("bohunt horsam", "Bohunt Horsham"),
        ("cclf key stage 4", "CCfL Key Stage 4 PRU"),
    ],
)
def test_slips_in_real_names(england, typed: str, wanted: str) -> None:
    index, names = england
    assert wanted in [names[urn] for urn in index.find(typed, limit=5).ids]
