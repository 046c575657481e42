"""What everybody may know of an entry. The one door: page, list, API, statement, bulk check and
search engines all read an entry as `Published`, or find nothing.

An entry that is hidden, or in a state its standard's file does not publish, is nothing. A state
that would tell too much (of somebody's health, of something not yet proved) is told as the one the
file names in its place.
"""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import slugify

from benchside.assessment.awarding import queries as awarding
from benchside.assessment.models import Award
from benchside.assessment.standards import AwardState
from benchside.recognition.entries.notices import Notice, notices_of
from benchside.recognition.models import Entry, Register


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """All that is public of an entry. `letters` is empty unless it stands."""

    register: Register
    number: str
    name: str
    letters: str
    state: AwardState
    body: str
    admitted_on: date
    from_day: date
    until: date | None
    area: str
    employer: str

    @property
    def stands(self) -> bool:
        return self.state.stands


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """An entry's own page: the entry, since when it is in that state, former names that the person
    has shown, numbers that lead here too, and what the body published about it."""

    entry: Published
    since: date
    former_names: tuple[str, ...]
    former_numbers: tuple[str, ...]
    notices: tuple[Notice, ...]


def readable(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """With all that `published` reads, so that it asks nothing more."""
    return entries.select_related("award__version", "register", "body")


def readable_many(entries: QuerySet[Entry]) -> QuerySet[Entry]:
    """The same for many: standard and register, which are long and the same for most, are read once
    and not with each entry."""
    found = entries.select_related("award", "body")
    return found.prefetch_related("award__version", "register")


def is_public(entry: Entry) -> bool:
    """Whether anything at all may be said of it."""
    return not entry.is_hidden and bool(entry.name) and awarding.state_of(entry.award).public


def published(entry: Entry) -> Published | None:
    """An entry as everybody may see it now; None for one that nobody may."""
    if not is_public(entry):
        return None
    award, state = entry.award, awarding.shown_state_of(entry.award)
    if not state.public:
        return None
    return Published(
        register=entry.register,
        number=award.number,
        name=entry.name,
        letters=entry.register.letters if state.stands else "",
        state=state,
        body=entry.body.name,
        admitted_on=entry.admitted_on,
        from_day=award.period_start,
        until=award.period_end,
        area=entry.area if entry.shows_area else "",
        employer=entry.employer if entry.shows_employer else "",
    )


def sheet_of(entry: Entry) -> Sheet | None:
    """All of an entry's page; None for one that nobody may see."""
    shown = published(entry)
    if shown is None:
        return None
    former = entry.former_names.filter(is_shown=True).values_list("name", flat=True)
    return Sheet(
        entry=shown,
        since=since(entry.award),
        former_names=tuple(former),
        former_numbers=tuple(entry.former_numbers.values_list("number", flat=True)),
        notices=notices_of(entry, timezone.localdate()),
    )


def since(award: Award) -> date:
    """From which day it is in the state that is shown: what lies beneath, and when that changed,
    is not told."""
    states = {one.key: one for one in awarding.rules_of(award).states}
    begun, told = award.period_start, ""
    for key, day in award.events.order_by("number").values_list("target", "effective_on"):
        shown = (states[key].shown_as or key) if key in states else key
        if shown != told:
            begun, told = day, shown
    return begun


def status_key(state: AwardState) -> str:
    """What machines are given for a state: no more than its title says. The key in its standard's
    file is the register's own, and may tell why."""
    return slugify(state.title)


def glossary(register: Register) -> list[AwardState]:
    """The states that this register tells the public of, with what each means."""
    version = awarding.version_in_force(register.standard)
    rules = version.standard.award if version else None
    return [one for one in rules.states if one.public and one.shown_as is None] if rules else []
