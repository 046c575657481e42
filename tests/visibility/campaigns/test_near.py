"""Which schools are near: by the grid, else by what addresses share."""

import pytest

from benchside.visibility.campaigns.near import Spot, area, district, nearest


def names(found: list) -> list[tuple[int, str]]:
    return [(one.id, one.words) for one in found]


def test_a_straight_line_on_the_grid_in_miles() -> None:
    """3 and 4 kilometres make 5, which are 3.107 miles: a mile is 1.609344 km by definition."""
    here = Spot(id=1, easting=450_000, northing=340_000)
    there = Spot(id=2, easting=453_000, northing=344_000)
    (found,) = nearest(here, [there])
    assert found.miles == pytest.approx(5 / 1.609344)
    assert found.words == "about 3 miles"


def test_nearest_first_and_never_oneself_nor_the_far_away() -> None:
    here = Spot(id=1, easting=450_000, northing=340_000, town="Northmoor")
    others = [
        here,
        Spot(id=2, easting=460_000, northing=340_000),
        Spot(id=3, easting=450_900, northing=340_000),
        Spot(id=4, easting=550_000, northing=340_000),  # 62 miles
        Spot(id=5, town="northmoor"),
    ]
    assert names(nearest(here, others)) == [
        (3, "about 1 mile"),
        (5, "same town"),
        (2, "about 6 miles"),
    ]
    assert [one.id for one in nearest(here, others, limit=1)] == [3]


def test_without_a_point_addresses_tell() -> None:
    here = Spot(id=1, postcode="NG8 3AF", town="Nottingham")
    others = [
        Spot(id=2, postcode="NG1 1AA", town="Elsewhere"),
        Spot(id=3, postcode="NG8 1ZZ", town="Elsewhere"),
        Spot(id=4, postcode="N8 3AF", town="London"),
        Spot(id=5),
    ]
    assert names(nearest(here, others)) == [
        (3, "same postcode district, NG8"),
        (2, "same postcode area, NG"),
    ]
    assert nearest(Spot(id=9), others) == []


@pytest.mark.parametrize(
    ("postcode", "of_district", "of_area"),
    [
        ("NG8 3AF", "NG8", "NG"),
        ("n1 9gu", "N1", "N"),
        ("EC1A 1BB", "EC1A", "EC"),
        ("W1A 0AX", "W1A", "W"),
        ("M1 1AE", "M1", "M"),
        ("B33 8TH", "B33", "B"),
        ("CR2 6XH", "CR2", "CR"),
        ("DN55 1PT", "DN55", "DN"),
        ("NG8", "NG8", "NG"),
        ("", "", ""),
        ("nonsense", "", ""),
    ],
)
def test_parts_of_postcodes(postcode: str, of_district: str, of_area: str) -> None:
    """All six shapes that Royal Mail's guide gives, with its own examples."""
    assert (district(postcode), area(postcode)) == (of_district, of_area)
