"""What a register's file may say. No Django here.

A register is a standard of the engine and this: whose it is, what letters it gives, what it costs,
how long things should take, and the rule of CPD. What changes with time carries the day it is
true from.
"""

from datetime import date
from decimal import Decimal
from typing import Annotated, Literal

from pydantic import AfterValidator, Field, StringConstraints

from benchside.assessment.standards.shapes import Days, Key, Line, Shape, Text

Letters = Annotated[str, StringConstraints(pattern=r"^[A-Za-z()]{2,20}$")]
Amount = Annotated[Decimal, Field(ge=0, le=10_000, decimal_places=2)]


def _is_day(text: str) -> str:
    date.fromisoformat(f"2000-{text}")
    return text


DayOfYear = Annotated[str, StringConstraints(pattern=r"^\d\d-\d\d$"), AfterValidator(_is_day)]


class FeeRule(Shape):
    """What one thing costs from a day on; a row for a route stands before the one for all."""

    kind: Literal["application", "year", "interview", "reinstate"]
    route: Key | Literal[""] = ""
    amount: Amount
    valid_from: date = Field(alias="from")


class WayIn(Shape):
    """A plain question that leads to a route: whoever says yes to it comes in by this one."""

    ask: Line
    help: Text = ""
    route: Key


class Target(Shape):
    """How many days an application should spend in a state at most."""

    state: Key
    days: Days


class CpdRule(Shape):
    """What is asked of each year's learning, from a day on.

    Of the five categories so many at least, by exception fewer. `points_a_year` of zero means
    that nothing is counted; `caps` are the most points one category may bring.

    An audit asks again at most so often, gives so many days for an answer, and leaves out who is
    in a state `not_audited`, by its key in the standard's file.

    A declaration may be corrected until so many days after its day, or after it was made where it
    came later; zero means never. `declare_letters` are the days before its day on which whoever
    has not declared is written to; negative, after it.
    """

    valid_from: date = Field(alias="from")
    categories_at_least: Annotated[int, Field(ge=1, le=5)] = 3
    categories_by_exception: Annotated[int, Field(ge=1, le=5)] = 2
    points_a_year: Annotated[int, Field(ge=0, le=1000)] = 0
    caps: dict[Key, Annotated[int, Field(ge=0, le=1000)]] = Field(default_factory=dict)
    declare_by: DayOfYear = "12-31"
    declare_letters: Annotated[
        tuple[Annotated[int, Field(ge=-180, le=180)], ...], Field(min_length=1)
    ] = (60, 30, 7, -7, -30, -60)
    correct_days: Annotated[int, Field(ge=0, le=366)] = 30
    audit_percent: Annotated[Decimal, Field(gt=0, le=100)] = Decimal("2.5")
    audit_months: Annotated[int, Field(ge=1, le=60)] = 12
    answer_days: Annotated[int, Field(ge=14, le=366)] = 42
    ask_again_at_most: Annotated[int, Field(ge=0, le=5)] = 1
    not_audited: tuple[Key, ...] = ("career-break",)


class SanctionRule(Shape):
    """What may be decided about somebody's conduct or health, and what follows for their entry.

    `verb` and `reason` are those of the standard's file that are done with it, none for what
    changes no state. It stays public for `publish_months` after it began, or after its end where
    it has one; zero keeps it private, and so does `is_health` whatever else is said. `meanwhile`
    is for a measure before anything is decided.
    """

    kind: Key
    title: Line
    verb: Key | Literal[""] = ""
    reason: Line | Literal[""] = ""
    publish_months: Annotated[int, Field(ge=0, le=600)] = 0
    is_health: bool = False
    meanwhile: bool = False


class ConductRules(Shape):
    """How long somebody may appeal, and how a suspension is lifted, with which reason when: nothing
    was found, something less was decided, an appeal was upheld.

    `reverse` are the moves that only an appeal makes, when it is upheld against a removal: one to
    where whoever stood comes back to, and one for each state in which somebody who did not stand
    may have been removed."""

    appeal_days: Days = 28
    lift: Key | Literal[""] = ""
    reverse: tuple[Key, ...] = ()
    nothing_found: Line | Literal[""] = ""
    decided: Line | Literal[""] = ""
    upheld: Line | Literal[""] = ""


class RegisterFile(Shape):
    """A whole file. `standard` is the key of the standard of the engine it is run under.

    `asked_by_holder` are the moves that somebody may ask for their own entry, `timed` the states
    that may be given a day to end on, `letters_after` the days after the end of a period on which
    whoever has not renewed is written to, `tell_employer_days` the one from which on an employer
    that pays is told. `remind_away_days` is how often whoever is in a timed state with no day to
    end on is asked whether it goes on; zero means never.
    `ways` are asked in their order, and the first yes gives the route; `otherwise` is the route of
    whoever says no to all. `known` names the questions of the standard that are filled in with
    what is known already of whoever begins.
    """

    key: Key
    name: Line
    letters: Letters
    level: Line
    standard: Key
    keeper: Line
    about: Text = ""
    unpaid_days: Days = 90
    remind_unpaid: tuple[Days, ...] = (60, 30, 7)
    ways: tuple[WayIn, ...] = ()
    otherwise: Key | Literal[""] = ""
    known: dict[Key, Literal["work", "qualifications"]] = Field(default_factory=dict)
    terms: tuple[Line, ...] = ()
    fees: tuple[FeeRule, ...] = ()
    targets: tuple[Target, ...] = ()
    cpd: tuple[CpdRule, ...] = ()
    sanctions: tuple[SanctionRule, ...] = ()
    conduct: ConductRules = ConductRules()
    asked_by_holder: tuple[Key, ...] = ()
    timed: tuple[Key, ...] = ()
    letters_after: tuple[Days, ...] = (1, 30, 60, 83, 88)
    tell_employer_days: Days = 60
    remind_away_days: Days = 365

    def fee(self, kind: str, on: date, route: str = "") -> Decimal | None:
        """What it costs on a day by a route; none where the file asks nothing for it."""
        rows = [
            one
            for one in self.fees
            if one.kind == kind and one.valid_from <= on and one.route in {"", route}
        ]
        newest = max(rows, key=lambda one: (one.route == route, one.valid_from), default=None)
        return newest.amount if newest else None

    def target_days(self, state: str) -> int | None:
        return next((one.days for one in self.targets if one.state == state), None)

    def cpd_on(self, on: date) -> CpdRule | None:
        """The rule of CPD that holds on a day."""
        begun = [one for one in self.cpd if one.valid_from <= on]
        return max(begun, key=lambda one: one.valid_from, default=None)

    def sanction(self, kind: str) -> SanctionRule | None:
        return next((one for one in self.sanctions if one.kind == kind), None)
