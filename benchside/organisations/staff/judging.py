"""Definitions tried on people: what another version would change, and which titles still wait."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from benchside.organisations.enums import StaffRunState
from benchside.organisations.models import Organisation, StaffFile, StaffRun, TitleDecision
from benchside.organisations.staff import columns, kept, staging
from benchside.organisations.staff.indexes import role_index, soc_index
from benchside.organisations.staff_list import (
    STARTING_RULES,
    Definition,
    Person,
    Sorter,
    compare_definitions,
    open_book,
    plain_title,
)
from benchside.organisations.staff_list.sorting import Turn

SHOWN = 500  # people of one side of a comparison


@dataclass(frozen=True, slots=True)
class Turned:
    """Somebody two definitions disagree about, and why each says so."""

    name: str
    title: str
    unit: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Judged:
    """What a second definition would change among the same people on the same day."""

    enters: list[Turned]
    leaves: list[Turned]
    entering: int
    leaving: int
    unchanged: int
    by_rule: list[tuple[str, int]]


def version(organisation: Organisation, number: int) -> Definition | None:
    """A version as it was written; 0 is what everybody begins with."""
    if number == 0:
        return Definition(0, STARTING_RULES)
    found = organisation.technician_definitions.filter(version=number).first()
    return Definition.from_json(found.rules) if found else None


def people_of(organisation: Organisation, file: StaffFile | None) -> list[Person]:
    """Everybody of a file that is here; without one, the technicians on the list.

    Of those who are no technicians nothing is stored, so only a file can say who would enter.
    Raises Unreadable.
    """
    if file is None:
        return kept.kept(organisation).people
    book = open_book(columns.data_of(file))
    layouts = staging.layouts_of(organisation, book, columns.answers_of(file))
    return staging.read_staff(organisation, book, layouts, file.as_of).people


def compare(
    organisation: Organisation, first: Definition, second: Definition, people: list[Person]
) -> Judged:
    """Title decisions and people's own word stand above both."""
    secret = kept.settings_of(organisation).secret
    told: dict[str, Any] = {
        "soc": soc_index(),
        "roles": role_index(),
        "decisions": kept.decisions_of(organisation),
        "own_words": kept.own_words(organisation, secret, people),
    }
    found = compare_definitions(people, Sorter(first, **told), Sorter(second, **told))
    by_key = {one.key: one for one in people}
    return Judged(
        enters=[_turned(one, by_key) for one in found.enters[:SHOWN]],
        leaves=[_turned(one, by_key) for one in found.leaves[:SHOWN]],
        entering=len(found.enters),
        leaving=len(found.leaves),
        unchanged=found.unchanged,
        by_rule=_by_reason(found.enters, found.leaves),
    )


def _turned(turn: Turn, by_key: Mapping[str, Person]) -> Turned:
    person = by_key[turn.key]
    post = person.posts[0] if person.posts else None
    return Turned(
        name=person.name or "",
        title=post.title if post else "",
        unit=(post.unit or "") if post else "",
        before=turn.before.reason,
        after=turn.after.reason,
    )


def _by_reason(enters: Iterable[Turn], leaves: Iterable[Turn]) -> list[tuple[str, int]]:
    """How many each rule brings in or lets go, the most first."""
    counted: dict[str, int] = {}
    for side, turns in (("In", enters), ("Out", leaves)):
        for one in turns:
            why = f"{side}: {one.after.reason}"
            counted[why] = counted.get(why, 0) + 1
    return sorted(counted.items(), key=lambda each: (-each[1], each[0]))


# --- titles that wait ----------------------------------------------------------------------------
def newest_reading(organisation: Organisation) -> StaffRun | None:
    """The newest difference, applied or not: its titles are those that wait."""
    read = StaffRun.objects.filter(
        organisation=organisation, state__in=[StaffRunState.PREVIEWED, StaffRunState.APPLIED]
    )
    return read.order_by("-created_at", "-pk").first()


def waiting_titles(organisation: Organisation) -> list[dict[str, Any]]:
    """Titles of the newest list nobody has decided about, as `staging.describe` writes them."""
    run = newest_reading(organisation)
    if run is None:
        return []
    rows = TitleDecision.objects.filter(organisation=organisation)
    decided = set(rows.values_list("plain", flat=True))
    return [one for one in run.waiting if plain_title(one["plain"]) not in decided]
