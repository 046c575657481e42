"""Ages and lengths below are counted by hand from the routes' published months."""

from dataclasses import dataclass
from itertools import pairwise

import pytest

from benchside.careers.lanes import Lane, age_at, chart, length_in_words


@dataclass
class Facts:
    kind: str
    title: str = "Laboratory technician"
    reference: str = "ST0248"
    level: int | None = 3
    months: int | None = 18


def lane(route: Facts) -> Lane:
    """The one lane of a chart of one route."""
    return chart([route]).lanes[0]


def spans(route: Facts) -> list[tuple[int, int]]:
    return [(step.start, step.length) for step in lane(route).steps]


def test_apprenticeship_of_18_months_runs_from_16_to_17_and_a_half() -> None:
    made = lane(Facts("apprenticeship"))
    assert spans(Facts("apprenticeship")) == [(1, 2), (3, 3), (6, 7)]
    assert made.steps[1].look == "paid"
    assert made.steps[1].words == "Level 3, ST0248. About 18 months, with pay."
    assert made.steps[2].words == "From age 17½"


def test_t_level_of_two_years_ends_at_18() -> None:
    made = lane(Facts("t-level", title="Science", reference="", months=24))
    assert [(step.start, step.length) for step in made.steps] == [(1, 2), (3, 4), (7, 6)]
    assert made.steps[2].words == "From age 18"


@pytest.mark.parametrize("kind", ["higher", "apprenticeship"])
def test_a_route_above_level_3_starts_at_18(kind: str) -> None:
    assert spans(Facts(kind, level=5, months=24)) == [(1, 2), (3, 4), (7, 4), (11, 2)]


def test_an_unpublished_length_is_drawn_open_and_no_age_is_promised() -> None:
    made = lane(Facts("higher", level=5, months=None))
    assert "open" in made.steps[2].look
    assert made.steps[2].words == "Level 5, ST0248. Ask how long it takes, with pay."
    assert made.steps[3].words == "When you finish"


@pytest.mark.parametrize("kind", ["t-level", "apprenticeship", "higher"])
@pytest.mark.parametrize("months", [None, 1, 6, 12, 38, 48, 60, 72, 120])
def test_every_lane_stays_on_the_sheet_without_gaps(kind: str, months: int | None) -> None:
    drawn = chart([Facts(kind, level=6, months=months)])
    steps = drawn.lanes[0].steps
    assert steps[0].start == 1
    assert all(a.start + a.length == b.start for a, b in pairwise(steps))
    assert 6 <= drawn.years <= 8
    assert steps[-1].start + steps[-1].length == drawn.years * 2 + 1
    assert all(1 <= step.length <= 16 for step in steps)


def test_the_scale_is_as_long_as_the_longest_route_needs() -> None:
    short, long = Facts("t-level", months=24), Facts("higher", level=6, months=48)
    assert list(chart([short]).ages) == [15, 16, 17, 18, 19, 20]
    drawn = chart([short, long])  # four years from 18 end at 22, and a year of the job follows
    assert list(drawn.ages) == [15, 16, 17, 18, 19, 20, 21, 22]
    assert [one.steps[-1].start + one.steps[-1].length for one in drawn.lanes] == [17, 17]


def test_a_role_without_routes_has_an_empty_chart() -> None:
    assert chart([]).lanes == ()


@pytest.mark.parametrize(
    ("months", "words"),
    [
        (12, "About a year"),
        (24, "About 2 years"),
        (42, "About 42 months"),
        (None, "Ask how long it takes"),
    ],
)
def test_length_in_words(months: int | None, words: str) -> None:
    assert length_in_words(months) == words


def test_age_at_half_years() -> None:
    assert [age_at(n) for n in (1, 3, 8)] == ["15", "16", "18½"]
