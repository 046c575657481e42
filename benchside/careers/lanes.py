"""Ways in, drawn to scale: a route's facts become steps along a line of ages.

Plain values in and out. The line runs from age 15 in half-years, counted from 1, for six years
or as many as the longest route needs, at most eight. A length nobody has published is drawn
dashed and said to be unknown, never guessed at in words.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Protocol

from benchside.careers.enums import FROM_18, RouteKind

FIRST_AGE = 15
FEWEST_YEARS, MOST_YEARS = 6, 8
AT_16, AT_18 = 3, 7
UNKNOWN = 4  # half-years drawn, dashed, for a length no source gives


class RouteFacts(Protocol):
    """What is read of a route; `careers.Route` has it all."""

    @property
    def kind(self) -> str: ...
    @property
    def title(self) -> str: ...
    @property
    def reference(self) -> str: ...
    @property
    def level(self) -> int | None: ...
    @property
    def months(self) -> int | None: ...


@dataclass(frozen=True)
class Step:
    """One box of a lane: `start` and `length` are half-years, `start` 1 is a 15th birthday."""

    start: int
    length: int
    heading: str
    words: str
    look: str = ""  # paid, goal, or nothing for study
    is_route: bool = False  # the step that the route itself is


@dataclass(frozen=True)
class Lane:
    heading: str
    words: str
    steps: tuple[Step, ...]
    route: RouteFacts
    length_known: bool = True

    @property
    def end(self) -> int:
        """The half-year in which the last step is over."""
        return self.steps[-1].start + self.steps[-1].length


@dataclass(frozen=True)
class Chart:
    """Lanes on one scale of `years`, each ending with the job."""

    years: int
    lanes: tuple[Lane, ...]

    @property
    def ages(self) -> range:
        return range(FIRST_AGE, FIRST_AGE + self.years)


GCSES = Step(1, 2, "GCSEs", "Age 15 to 16")
A_START = "A first job, or more training"  # what a course leads to, which is no job yet
GOALS = {RouteKind.T_LEVEL.value: A_START, RouteKind.V_LEVEL.value: A_START}
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
        is_route=True,
    )
    return Lane(heading, words, (*before, training), route, known)


def _with_goal(lane: Lane, years: int) -> Lane:
    """The lane with the job at its end; a route longer than the scale is drawn dashed."""
    *before, last = lane.steps
    words = f"From age {age_at(lane.end)}" if lane.length_known else "When you finish"
    if lane.end > years * 2:
        last = replace(last, length=years * 2 - last.start, look=f"{last.look} open".strip())
    start = last.start + last.length
    heading = GOALS.get(lane.route.kind, "Technician")
    goal = Step(start, years * 2 + 1 - start, heading, words, "goal")
    return replace(lane, steps=(*before, last, goal))


# Of each course: what its lane is called, the words under that, the name in front of its title,
# and what is said after its length.
COURSES = {
    RouteKind.T_LEVEL.value: (
        "T Level",
        "College first, with a placement",
        "T Level: ",
        "at college, with at least 45 days in a real job.",
    ),
    RouteKind.V_LEVEL.value: ("V Level", "College first", "V Level: ", "at college."),
    RouteKind.HTQ.value: (
        "Higher technical qualification",
        "A course after 18",
        "",
        "at a college or university.",
    ),
    RouteKind.HIGHER_COURSE.value: (
        "Higher course",
        "A course after 18",
        "",
        "at a college or university.",
    ),
}
AFTER_SCHOOL = (GCSES,)
AFTER_SIXTH_FORM = (GCSES, SIXTH_FORM)


def _course(route: RouteFacts, before: tuple[Step, ...]) -> Lane:
    heading, words, name, where = COURSES[route.kind]
    known = route.months is not None
    start = before[-1].start + before[-1].length
    study = Step(
        start,
        _half_years(route.months),
        f"{name}{route.title}",
        f"{length_in_words(route.months)} {where}" if known else f"{where[0].upper()}{where[1:]}",
        "" if known else "open",
        is_route=True,
    )
    return Lane(heading, words, (*before, study), route, known)


def _lane(route: RouteFacts) -> Lane:
    """The steps of one route, without the job at its end."""
    before = AFTER_SIXTH_FORM if route.kind in FROM_18 else AFTER_SCHOOL
    if route.kind in COURSES:
        return _course(route, before)
    kind = RouteKind(route.kind)
    if kind == RouteKind.APPRENTICESHIP:  # by its level it may be a higher one
        kind = RouteKind.of_apprenticeship(route.level)
        before = AFTER_SIXTH_FORM if kind in FROM_18 else AFTER_SCHOOL
    return _apprenticeship(
        route, str(kind.label), f"Earn from {18 if before == AFTER_SIXTH_FORM else 16}", before
    )


def chart(routes: Iterable[RouteFacts]) -> Chart:
    """Every route on one scale, long enough for two half-years of the job after the longest."""
    unfinished = [_lane(route) for route in routes]
    longest = max((lane.end + 1 for lane in unfinished), default=0)
    years = min(MOST_YEARS, max(FEWEST_YEARS, -(-longest // 2)))
    return Chart(years, tuple(_with_goal(lane, years) for lane in unfinished))
