"""What a standard's file may say: one class a table of it.

A standard is what somebody is measured against: a quality mark's criteria, a register's
competences, a charter's form. Nothing here knows which. Whoever writes one gives words, limits and
rules; the engine does the rest.
"""

import re
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

Key = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=200, strip_whitespace=True)]
Text = Annotated[str, StringConstraints(max_length=4000, strip_whitespace=True)]
Count = Annotated[int, Field(ge=0, le=1000)]
Days = Annotated[int, Field(ge=0, le=3660)]


class Shape(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, strict=True)


class Words(Shape):
    """What its writers call things, where the engine's own words would be strange to them: a
    headteacher gives answers to questions, and shows things."""

    submission: Line = "submission"
    statement: Line = "statement"
    criterion: Line = "criterion"
    criteria: Line = "criteria"
    evidence: Line = "evidence"
    reviewer: Line = "reviewer"


class EvidenceRule(Shape):
    """How much evidence a criterion asks for, and of which kinds; no kinds means any."""

    at_least: Count = 0
    at_most: Annotated[int, Field(ge=1, le=100)] = 20
    kinds: tuple[Literal["file", "link", "record"], ...] = ()


class Criterion(Shape):
    """One thing that is asked.

    `prompt` is the question as the writer meets it, in plain words; `example` is a good answer of
    somebody made up. `levels` says at which levels it counts, none meaning at all of them.
    `words` of zero means that no statement is asked, only evidence or a choice among `options`.
    `routes` says on which routes it counts, none meaning on all.

    What is asked and what is judged need not be the same. A question that is `judged = false`
    `shows` criteria, by key, and one may be shown by several questions; those are judged, and with
    `asked = false` nothing is written for them by themselves. A document is asked, never judged.
    """

    key: Key
    title: Line
    prompt: Text
    help: Text = ""
    example: Text = ""
    words: Annotated[int, Field(ge=0, le=10_000)] = 500
    required: bool = True
    levels: tuple[Key, ...] = ()
    routes: tuple[Key, ...] = ()
    asked: bool = True
    judged: bool = True
    shows: tuple[Key, ...] = ()
    options: tuple[Line, ...] = ()
    measures: tuple[Line, ...] = ()
    evidence: EvidenceRule = EvidenceRule()


class Area(Shape):
    """Criteria that belong together; supporters and reviewers speak of areas."""

    key: Key
    title: Line
    about: Text = ""
    criteria: Annotated[tuple[Criterion, ...], Field(min_length=1)]


class Level(Shape):
    """A height at which the standard is met, lowest first in the file."""

    key: Key
    title: Line


class Route(Shape):
    """One way to meet the standard, such as by equivalency. What it says stands instead of the
    standard's own: how many seats and supporters; `interview`: one is held before a decision."""

    key: Key
    title: Line
    about: Text = ""
    seats: Annotated[int, Field(ge=0, le=9)] | None = None
    supporters: Annotated[int, Field(ge=0, le=20)] | None = None
    interview: bool = False


class SignOff(Shape):
    """One signature, in the order of the file; `right` names who may give it."""

    key: Key
    title: Line
    right: Line
    words: Text


class SupporterRules(Shape):
    """How many people without an account are to speak for it, and how long their link works.

    `per_area`: each says something of every area; else of one at least.
    """

    count: Annotated[int, Field(ge=1, le=20)] = 2
    days: Annotated[int, Field(ge=1, le=365)] = 28
    per_area: bool = True


class DraftRules(Shape):
    """When somebody is reminded of what lies half-written, and when it ends by itself; days
    without a change, none meaning never."""

    remind_days: Days = 60
    expire_days: Days = 0


class Grade(Shape):
    """One judgement a reviewer may give: whether it meets the criterion, and asks for a reason."""

    key: Key
    title: Line
    meets: bool
    needs_reason: bool = False


class ReviewRules(Shape):
    """How many look, what they may say, and who is told whose name.

    `seats` of zero: nobody judges, the standard is met by signing. `hidden` names who stays
    unnamed to the other side.
    """

    seats: Annotated[int, Field(ge=0, le=9)] = 2
    third_on_disagreement: bool = True
    grades: tuple[Grade, ...] = ()
    hidden: tuple[Literal["reviewers", "holder"], ...] = ()
    days: Days = 42
    evidence_rounds: Annotated[int, Field(ge=0, le=9)] = 1
    comments: tuple[Literal["commend", "recommend"], ...] = ()


class DecisionRules(Shape):
    """What follows from judgements, and what may follow a decision.

    `rule`: "all" criteria of a level must be met; "most" of them, `most` at least, the areas named
    in `always` whole; "none" where reviewers advise and nothing is decided, or where whoever
    decides is bound by no count of grades (`Standard.decides`).
    """

    rule: Literal["all", "most", "none"] = "all"
    most: Annotated[int, Field(ge=0, le=1000)] = 0
    always: tuple[Key, ...] = ()
    appeal_days: Days = 28
    conditions_days: Days = 0
    try_again_days: Days = 365


class AwardState(Shape):
    """A state an award may be in; `stands` says whether it counts to whoever looks it up.

    `shown_as` is the state the public sees instead, where why it does not stand is private.
    """

    key: Key
    title: Line
    stands: bool
    public: bool = True
    shown_as: Key | None = None
    meaning: Text


def in_words(verb: str) -> str:
    """A verb as people read it: "suspend-for-cpd" is "Suspend for CPD"."""
    words = verb.rpartition(".")[2].replace("-", " ").capitalize()
    return re.sub(r"\bcpd\b", "CPD", words, flags=re.IGNORECASE)


class AwardMove(Shape):
    """One way from state to state. `after_days` counts from the end of the period and makes it
    happen by itself; `right` says who may do it: the clock alone, whoever keeps awards, or whoever
    ratifies; `reasons` are what somebody who does it chooses from.

    `needs` are what whoever does it confirms first, each in words. `from_days` and `until_days`
    count from the day the state began: not before, and not after.
    """

    verb: Key
    source: Annotated[tuple[Key, ...], Field(min_length=1)]
    target: Key
    right: Literal["system", "keep", "ratify"] = "system"
    reasons: tuple[Line, ...] = ()
    needs: tuple[Line, ...] = ()
    from_days: Days = 0
    until_days: Days | None = None
    after_days: Annotated[int, Field(ge=-3660, le=3660)] | None = None
    new_period: bool = False

    @property
    def title(self) -> str:
        return in_words(self.verb)


class AwardRules(Shape):
    """The award: its number, its period, and the states of its life.

    It is granted on approval, or later by the thin room, on admission, when all is paid.
    """

    title: Line
    granted: Literal["on-approval", "on-admission"] = "on-approval"
    number: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,6}-$")]
    months: Annotated[int, Field(ge=1, le=600)] | None = None
    start: Key
    states: Annotated[tuple[AwardState, ...], Field(min_length=1)]
    moves: tuple[AwardMove, ...] = ()
    remind_days: tuple[Days, ...] = ()


class Standard(Shape):
    """A whole file. `key` and `version` name it for ever; it is used from `valid_from` on."""

    key: Key
    version: Annotated[str, StringConstraints(pattern=r"^\d{4}(-\d+)?$")]
    title: Line
    holder: Literal["person", "organisation"]
    about: Text = ""
    owner: Line
    source: Line
    valid_from: date
    adopt_by: date | None = None
    levels: tuple[Level, ...] = ()
    routes: tuple[Route, ...] = ()
    areas: Annotated[tuple[Area, ...], Field(min_length=1)]
    annexes: tuple[Line, ...] = ()
    words: Words = Words()
    sign_offs: tuple[SignOff, ...] = ()
    supporters: SupporterRules | None = None
    drafts: DraftRules = DraftRules()
    review: ReviewRules = ReviewRules()
    decision: DecisionRules = DecisionRules()
    award: AwardRules | None = None

    @property
    def criteria(self) -> tuple[Criterion, ...]:
        """All criteria, in the order of the file."""
        return tuple(one for area in self.areas for one in area.criteria)

    @property
    def decides(self) -> bool:
        """Whether two people decide about each: by a rule, or, of a prize, who is to have it. A
        prize has no rule: judges' grades put people in order, and somebody chooses."""
        is_chosen = self.award is not None and self.award.granted == "on-admission"
        return self.decision.rule != "none" or is_chosen

    def criterion(self, key: str) -> Criterion:
        """The one of that key. Raises KeyError."""
        for one in self.criteria:
            if one.key == key:
                return one
        raise KeyError(key)

    def route(self, key: str) -> Route | None:
        return next((one for one in self.routes if one.key == key), None)

    def counting(self, level: str | None, route: str = "") -> tuple[Criterion, ...]:
        """What counts at a level, on a route: a higher level takes in all of the lower ones."""
        on_it = tuple(one for one in self.criteria if not one.routes or route in one.routes)
        if level is None:
            return on_it
        order = [one.key for one in self.levels]
        upto = set(order[: order.index(level) + 1])
        return tuple(one for one in on_it if not one.levels or upto & set(one.levels))

    def asked_at(self, level: str | None, route: str = "") -> tuple[Criterion, ...]:
        """What is written for."""
        return tuple(one for one in self.counting(level, route) if one.asked)

    def judged_at(self, level: str | None, route: str = "") -> tuple[Criterion, ...]:
        """What reviewers judge."""
        return tuple(one for one in self.counting(level, route) if one.judged)

    def shown_by(self, key: str, level: str | None, route: str = "") -> tuple[Criterion, ...]:
        """The questions whose answers show a criterion, at a level and on a route."""
        return tuple(one for one in self.asked_at(level, route) if key in one.shows)

    def spoken_of(self, route: str = "") -> tuple[Area, ...]:
        """The areas in which something is judged, at whatever level: those a supporter speaks
        of."""
        keys = {one.key for one in self.judged_at(None, route)}
        return tuple(area for area in self.areas if keys & {each.key for each in area.criteria})

    def seats_on(self, route: str = "") -> int:
        """How many look at what comes by this route."""
        way = self.route(route)
        return self.review.seats if way is None or way.seats is None else way.seats

    def supporters_on(self, route: str = "") -> int:
        """How many supporters speak for what comes by this route."""
        way = self.route(route)
        if way is not None and way.supporters is not None:
            return way.supporters
        return self.supporters.count if self.supporters else 0
