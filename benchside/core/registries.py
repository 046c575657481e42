"""What a lower room may cause above it, and one area may show of another, by name.

An import points down only, so a room that knows something offers it here under a key, and the
room that wants it asks here. Rooms register in their `AppConfig.ready()`; the last app to get
ready, `core`, freezes all. What passes through is plain: text, numbers, dates and ids, never a
model, so that no room comes to lean on the tables of another.
"""

import datetime
import logging
import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import partial
from typing import Any

from django.db import transaction

from benchside.core.registry import Duplicate as Duplicate
from benchside.core.registry import Frozen as Frozen
from benchside.core.registry import Registry as Registry
from benchside.core.sitting import Sitting

logger = logging.getLogger(__name__)

Plain = str | int | float | bool | None | Decimal | uuid.UUID | datetime.date | datetime.datetime
Context = Mapping[str, Any]


# --- what can be offered ------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class Measured:
    """A figure on a date: `value` in the measure's unit, over `people` where it is a share."""

    value: float
    people: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Measure:
    """A named figure of an organisation, published by the room that owns the data.

    `observe(organisation_id, on)` gives the true figure, or None where there is none; what
    leaves the workspace goes through `core.disclosure` under `policy` ("workforce", "pupils",
    or "" for figures that are not about people).
    """

    key: str
    title: str
    unit: str
    policy: str
    observe: Callable[[int, datetime.date], Measured | None]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchHit:
    """One thing found; `rank` 0 to 1, higher is nearer to what was asked."""

    title: str
    url: str
    kind: str
    summary: str = ""
    rank: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchProvider:
    """`find(words, limit)` gives the nearest public things of one kind, best first."""

    key: str
    title: str
    find: Callable[[str, int], Sequence[SearchHit]]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """A piece of one room shown on a page of another, such as stories on a role's page.

    `place` names the spot ("careers.role"). `context(subject_id, viewer_id)` gives what
    `template` needs, or None to stay away; `viewer_id` is the person's, or None for a visitor.
    """

    key: str
    place: str
    title: str
    template: str
    context: Callable[[str, uuid.UUID | None], Context | None]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Audience:
    """A circle to show things to, such as "my organisation".

    `includes(owner_id, viewer_id)`: does the circle of the one person take in the other?
    """

    key: str
    title: str
    includes: Callable[[uuid.UUID, uuid.UUID | None], bool]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class MembershipRole:
    """What a member of an organisation may be: "lead", "champion" ...; `may` names its rights."""

    key: str
    title: str
    may: frozenset[str] = frozenset()
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Offered:
    """One record to choose from, by its id within its kind."""

    id: str
    title: str


def _offers_nothing(
    _organisation_id: int | None, _viewer_id: uuid.UUID | None
) -> Sequence[Offered]:
    return ()


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidenceKind:
    """Something of one room that can stand as evidence in another.

    `describe(id, viewer_id)` gives title and url of one, or None when the viewer may not see it.
    `offer(organisation_id, viewer_id)` lists what this viewer may choose from, newest first.
    """

    key: str
    title: str
    describe: Callable[[str, uuid.UUID | None], Context | None]
    offer: Callable[[int | None, uuid.UUID | None], Sequence[Offered]] = _offers_nothing
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposedAction:
    """One line an organisation's action plan may take over; `origin` is opaque and stable."""

    title: str
    area: str
    origin: str
    due: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ActionProposal:
    """`propose(organisation_id)` gives the actions one room would put into the plan."""

    key: str
    title: str
    propose: Callable[[int], Sequence[ProposedAction]]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonalDataExport:
    """What one room holds of a person, and how it forgets.

    `export(person_id)` gives plain JSON values; `erase(person_id)` blanks or deletes as the
    room's declarations say, inside the transaction of the caller. Both may be called twice.
    Lower `order` is erased first.
    """

    key: str
    title: str
    export: Callable[[uuid.UUID], dict[str, Any]]
    erase: Callable[[uuid.UUID], None]
    order: int = 0


@dataclass(frozen=True, slots=True)
class ErasureTerm:
    """One thing that an erasing meets, in words for the person: what, until when, whom to ask."""

    words: str
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ErasureTerms:
    """What erasing an account meets in one room, asked before the person says yes.

    `waits_for(person_id)`: until these are over nothing is erased. `stays(person_id)`: what is
    blanked only later, by the room itself, and until when.
    """

    key: str
    waits_for: Callable[[uuid.UUID], Sequence[ErasureTerm]]
    stays: Callable[[uuid.UUID], Sequence[ErasureTerm]]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class PagePurge:
    """Public addresses that grow stale when `event` is published.

    `addresses(payload)` gives paths; one that ends in `*` stands for all that begin so.
    """

    key: str
    event: str
    addresses: Callable[[Mapping[str, Plain]], Iterable[str]]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """Something that happens in one room and is heard in others: its name and its fields."""

    key: str
    fields: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """`handle(payload)` is called after each `event` is committed; `key` names who listens."""

    key: str
    event: str
    handle: Callable[[Mapping[str, Plain]], object]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceTab:
    """A sheet of an organisation's workspace.

    `area` is one of the six ("visibility" ...), or empty for the organisation's own affairs.
    `url(slug)` is its address; pages under it belong to the sheet, and so do those under
    `also(slug)`. `roles` are the membership roles that get it in the rail, none for every member.
    Whoever opens the address is asked again by the room itself.
    """

    key: str
    area: str
    title: str
    url: Callable[[str], str]
    roles: frozenset[str] = frozenset()
    also: Callable[[str], str] | None = None
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDo:
    """One thing that waits: what, why, and the button that leads there. Lower `order` first."""

    title: str
    why: str
    do: str
    url: str
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDoSource:
    """`things(sitting)` gives what one room would have this member do now."""

    key: str
    things: Callable[[Sitting], Sequence[ToDo]]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnSource:
    """`things(user)` gives the lines that one room has for somebody's own space."""

    key: str
    things: Callable[[Any], Sequence[ToDo]]  # an accounts.User, whom core does not know
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How far an area has come: `done` of `total` steps, in words, and the day it was true."""

    done: int
    total: int
    words: str
    as_of: datetime.date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class AreaReport:
    """`standing(sitting)` tells how one area of the workspace stands."""

    key: str
    area: str
    standing: Callable[[Sitting], Standing | None]
    order: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Belonging:
    """Something of an organisation that is in the hands of a person, such as an open action.

    `title` names it within a sentence, "open actions".

    When they hand over, `move(organisation_id, giver, taker)` gives it to somebody else, inside
    the transaction of the hand-over, and returns how many there were. What is over stays with
    the name of whoever did it. `count(organisation_id, person_id)` says how many would move.
    """

    key: str
    title: str
    count: Callable[[int, uuid.UUID], int]
    move: Callable[[int, uuid.UUID, uuid.UUID], int]
    order: int = 0


measures: Registry[Measure] = Registry("measures")
search_providers: Registry[SearchProvider] = Registry("search providers")
panels: Registry[Panel] = Registry("panels")
audiences: Registry[Audience] = Registry("audiences")
membership_roles: Registry[MembershipRole] = Registry("membership roles")
evidence_kinds: Registry[EvidenceKind] = Registry("evidence kinds")
action_proposals: Registry[ActionProposal] = Registry("action proposals")
personal_data_exports: Registry[PersonalDataExport] = Registry("personal-data exports")
erasure_terms: Registry[ErasureTerms] = Registry("terms of erasing")
page_purges: Registry[PagePurge] = Registry("page purges")
events: Registry[Event] = Registry("events")
subscriptions: Registry[Subscription] = Registry("subscriptions")
workspace_tabs: Registry[WorkspaceTab] = Registry("workspace tabs")
todo_sources: Registry[ToDoSource] = Registry("things to do")
own_todos: Registry[OwnSource] = Registry("things to do of one's own")
own_desks: Registry[OwnSource] = Registry("desks somebody works at")
area_reports: Registry[AreaReport] = Registry("area reports")
belongings: Registry[Belonging] = Registry("belongings of a lead")


def panels_at(place: str, subject_id: str) -> list[tuple[Panel, Context]]:
    """What other rooms show at a spot, the same for every reader, with what each template needs."""
    asked = ((panel, panel.context(subject_id, None)) for panel in panels if panel.place == place)
    return [(panel, shown) for panel, shown in asked if shown is not None]


def own_lines(among: Registry[OwnSource], user: Any) -> list[ToDo]:
    """What all rooms have for somebody's own space, the most pressing first."""
    found = [thing for source in among for thing in source.things(user)]
    return sorted(found, key=lambda thing: thing.order)


# --- named events -------------------------------------------------------------------------------


def publish(event: str, **payload: Plain) -> None:
    """Tell all subscribers, once the transaction is committed; nobody hears of one undone.

    Raises KeyError for an event nobody declared, TypeError for other fields than declared and
    for values that are not plain. A handler that fails is logged, and the others still run.
    """
    declared = events[event].fields
    if set(payload) != declared:
        raise TypeError(f"{event} has the fields {sorted(declared)}, not {sorted(payload)}.")
    for name, value in payload.items():
        if not isinstance(value, Plain):
            raise TypeError(f"{event}: {name} is a {type(value).__name__}, not a plain value.")
    for subscription in subscriptions:
        if subscription.event == event:
            transaction.on_commit(partial(_deliver, subscription, payload))


def _deliver(subscription: Subscription, payload: Mapping[str, Plain]) -> None:
    try:
        subscription.handle(dict(payload))
    except Exception:
        logger.exception("%s failed on %s", subscription.key, subscription.event)


def freeze_all() -> None:
    """End start-up: from here on the registries only answer.

    Raises KeyError when somebody listens for an event that nobody declared.
    """
    for listener in (*subscriptions, *page_purges):
        events[listener.event]
    for registry in Registry.everything:
        registry.freeze()
