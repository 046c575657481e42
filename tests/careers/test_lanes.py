"""Ages and lengths below are counted by hand from the routes' published months."""

from dataclasses import dataclass

import pytest

from benchside.careers.lanes import age_at, lane, length_in_words


@dataclass
class Facts:
    kind: str
    title: str = "Laboratory technician"
    reference: str = "ST0248"
    level: int | None = 3
    months: int | None = 18
    listed: bool = True


def spans(route: Facts) -> list[tuple[int, int]]:
    return [(step.start, step.length) for step in lane(route).steps]


def test_apprenticeship_of_18_months_runs_from_16_to_17_and_a_half() -> None:
    made = lane(Facts("apprenticeship"))
    assert spans(Facts("apprenticeship")) == [(1, 2), (3, 3), (6, 11)]
    assert made.steps[1].look == "paid"
    assert made.steps[1].words == "Level 3, ST0248. About 18 months, with pay."
    assert made.steps[2].words == "From age 17½"


def test_t_level_of_two_years_ends_at_18() -> None:
    made = lane(Facts("t-level", title="Science", reference="", months=24))
    assert [(step.start, step.length) for step in made.steps] == [(1, 2), (3, 4), (7, 10)]
    assert made.steps[2].words == "From age 18"


@pytest.mark.parametrize("kind", ["higher", "apprenticeship"])
def test_a_route_above_level_3_starts_at_18(kind: str) -> None:
    assert spans(Facts(kind, level=5, months=24)) == [(1, 2), (3, 4), (7, 4), (11, 6)]


def test_an_unpublished_length_is_drawn_open_and_no_age_is_promised() -> None:
    made = lane(Facts("higher", level=5, months=None))
    assert "open" in made.steps[2].look
    assert made.steps[2].words == "Level 5, ST0248. Ask how long it takes, with pay."
    assert made.steps[3].words == "When you finish"


@pytest.mark.parametrize("kind", ["t-level", "apprenticeship", "higher"])
@pytest.mark.parametrize("months", [None, 1, 6, 12, 38, 48, 60, 72, 120])
def test_every_lane_stays_on_the_sheet_without_gaps(kind: str, months: int | None) -> None:
    steps = lane(Facts(kind, level=6, months=months)).steps
    assert steps[0].start == 1
    assert all(a.start + a.length == b.start for a, b in zip(steps, steps[1:], strict=False))
    assert steps[-1].start + steps[-1].length == 17  # sixteen half-years: 15 up to 23
    assert all(1 <= step.length <= 16 for step in steps)


@pytest.mark.parametrize(
    ("months", "words"),
    [(12, "About a year"), (24, "About 2 years"), (42, "About 42 months"), (None, "Ask how long it takes")],
)  # fmt: skip
def test_length_in_words(months: int | None, words: str) -> None:
    assert length_in_words(months) == words


def test_age_at_half_years() -> None:
    assert [age_at(n) for n in (1, 3, 8)] == ["15", "16", "18½"]
