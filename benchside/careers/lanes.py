"""Ways in, drawn to scale: a route's facts become steps along a line of ages.

Plain values in and out. The line runs from age 15 to 23 in half-years, counted from 1. A length
nobody has published is drawn dashed and said to be unknown, never guessed at in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from benchside.careers.enums import RouteKind

FIRST_AGE, LAST_AGE = 15, 22
HALF_YEARS = 2 * (LAST_AGE - FIRST_AGE + 1)
AT_16, AT_18 = 3, 7
UNKNOWN = 4  # half-years drawn, dashed, for a length no source gives


class RouteFacts(Protocol):
    """What is read of a route; `careers.Route` has it all."""

    kind: str
    title: str
    reference: str
    level: int | None
    months: int | None
    listed: bool


@dataclass(frozen=True)
class Step:
    """One box of a lane: `start` and `length` are half-years, `start` 1 is a 15th birthday."""

    start: int
    length: int
    heading: str
    words: str
    look: str = ""  # paid, goal, or nothing for study


@dataclass(frozen=True)
class Lane:
    heading: str
    words: str
    steps: tuple[Step, ...]
    route: RouteFacts
    length_known: bool = True


GCSES = Step(1, 2, "GCSEs", "Age 15 to 16")
SIXTH_FORM = Step(AT_16, 4, "A levels, T Level or college", "Age 16 to 18")


def length_in_words(months: int | None) -> str:
    """24 is "2 years", 18 is "18 months", None is what we can honestly say."""
    if months is None:
        return "Ask how long it takes"
    if months % 12:
        return f"About {months} months"
    years = months // 12
    return "About a year" if years == 1 else f"About {years} years"


def age_at(half_year: int) -> str:
    """The age at which a half-year of the line begins: 3 is "16", 8 is "18½"."""
    years, half = divmod(half_year - 1, 2)
    return f"{FIRST_AGE + years}{'½' if half else ''}"


def _half_years(months: int | None) -> int:
    return UNKNOWN if months is None else max(1, -(-months // 6))


def _apprenticeship(route: RouteFacts, heading: str, words: str, before: tuple[Step, ...]) -> Lane:
    start = before[-1].start + before[-1].length
    said = [f"Level {route.level}" if route.level else "", route.reference]
    facts = ", ".join(part for part in said if part)
    spell = f"{length_in_words(route.months)}, with pay."
    known = route.months is not None
    training = Step(
        start,
        _half_years(route.months),
        route.title,
        f"{facts}. {spell}" if facts else spell,
        "paid" if known else "paid open",
    )
    return Lane(heading, words, (*before, training), route, known)


def _with_goal(lane: Lane, heading: str) -> Lane:
    """The lane with the job at its end; a route longer than the line is drawn dashed."""
    *before, last = lane.steps
    end = last.start + last.length
    words = f"From age {age_at(end)}" if lane.length_known else "When you finish"
    if end > HALF_YEARS:
        last = replace(last, length=HALF_YEARS - last.start, look=f"{last.look} open".strip())
    start = last.start + last.length
    goal = Step(start, HALF_YEARS + 1 - start, heading, words, "goal")
    return replace(lane, steps=(*before, last, goal))


def lane(route: RouteFacts) -> Lane:
    """The steps of one route, the last of them the job."""
    if route.kind == RouteKind.T_LEVEL:
        study = Step(
            AT_16, _half_years(route.months), f"T Level: {route.title}",
            f"{length_in_words(route.months)} at college, with at least 45 days in a real job.",
        )  # fmt: skip
        college = Lane(
            "T Level", "College first, with a placement", (GCSES, study), route,
            route.months is not None,
        )  # fmt: skip
        return _with_goal(college, "A first job, or more training")
    if route.kind == RouteKind.HIGHER or (route.level or 0) > 3:
        before = (GCSES, SIXTH_FORM)
        made = _apprenticeship(route, "Higher apprenticeship", "Earn from 18", before)
    else:
        made = _apprenticeship(route, "Apprenticeship", "Earn from 16", (GCSES,))
    return _with_goal(made, "Technician")


def lanes(routes: Iterable[RouteFacts]) -> list[Lane]:
    return [lane(route) for route in routes]
