"""Narrow and order the actions of one plan, by an address alone: plain values in and out."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date
from urllib.parse import urlencode

from benchside.impact.enums import ActionState, Area, Delivery
from benchside.impact.published.shown import ShownAction

LONGEST = 80
NOT_SAID = "none"
LAST = date.max
SORTS = {
    "code": lambda one: one.code,
    "title": lambda one: one.title.casefold(),
    "post": lambda one: (not one.owner_post, one.owner_post.casefold()),
    "due": lambda one: one.due_on or LAST,
    "state": lambda one: ActionState.values.index(one.state),
    "going": lambda one: one.status_word,
}


@dataclass(frozen=True, slots=True)
class Asked:
    """What an address asks for. What nothing has finds nothing."""

    q: str = ""
    area: str = ""
    state: str = ""
    going: str = ""
    theme: str = ""
    charter: str = ""
    sort: str = ""

    @property
    def is_filtered(self) -> bool:
        return any((self.q, self.area, self.state, self.going, self.theme, self.charter))

    @property
    def query(self) -> str:
        """As an address has it; empty for all of the plan."""
        said = {one.name: getattr(self, one.name) for one in fields(self)}
        return urlencode({name: value for name, value in said.items() if value})

    @property
    def suffix(self) -> str:
        return f"?{self.query}" if self.query else ""


def read(said: Mapping[str, str]) -> Asked:
    """Out of an address, whatever stands in it."""

    def one(name: str) -> str:
        return said.get(name, "").replace("\0", " ")[:LONGEST].strip()

    sort = one("sort")
    return Asked(
        q=one("q"),
        area=one("area"),
        state=one("state"),
        going=one("going"),
        theme=one("theme"),
        charter=one("charter"),
        sort=sort if sort.removeprefix("-") in SORTS else "",
    )


def select(actions: Iterable[ShownAction], asked: Asked) -> list[ShownAction]:
    found = [one for one in actions if _fits(one, asked)]
    if asked.sort:
        found.sort(key=SORTS[asked.sort.removeprefix("-")], reverse=asked.sort.startswith("-"))
    return found


def _fits(one: ShownAction, asked: Asked) -> bool:
    return (
        (not asked.area or asked.area in dict(one.areas))
        and (not asked.state or asked.state == one.state)
        and (not asked.going or asked.going == going(one))
        and (not asked.theme or asked.theme in dict(one.themes))
        and (not asked.charter or asked.charter in dict(one.other_charters))
        and (not asked.q or _says(one, asked.q))
    )


def _says(one: ShownAction, words: str) -> bool:
    text = f"{one.code} {one.title} {one.objective} {one.text} {one.owner_post}".casefold()
    return all(word in text for word in words.casefold().split())


def going(one: ShownAction) -> str:
    """How it goes, for a filter: "blue" to "red", or that nobody has said."""
    if one.delivery:
        return one.delivery
    return Delivery.BLUE if one.status else NOT_SAID


# --- what there is to choose from -----------------------------------------------------------------
Option = tuple[str, str, int]  # value, title, how many actions


@dataclass(frozen=True, slots=True)
class Facet:
    name: str
    title: str
    options: tuple[Option, ...]


def facets(actions: Sequence[ShownAction]) -> list[Facet]:
    """Only what the plan has: a choice that finds nothing is none."""
    areas = Counter(key for one in actions for key, _ in one.areas)
    states = Counter(one.state for one in actions)
    goings = Counter(going(one) for one in actions)
    words = {**dict(Delivery.choices), NOT_SAID: str(Delivery.UNKNOWN.label)}
    found = [
        Facet("area", "Area", _in_order(areas, dict(Area.choices))),
        Facet("state", "State", _in_order(states, dict(ActionState.choices))),
        Facet("going", "How it goes", _in_order(goings, words)),
        Facet("theme", "Theme", _by_title(pair for one in actions for pair in one.themes)),
        Facet(
            "charter",
            "Also counts for",
            _by_title(pair for one in actions for pair in one.other_charters),
        ),
    ]
    return [one for one in found if one.options]


def _in_order(counts: Mapping[str, int], titles: Mapping[str, str]) -> tuple[Option, ...]:
    return tuple((key, str(title), counts[key]) for key, title in titles.items() if counts.get(key))


def _by_title(pairs: Iterable[tuple[str, str]]) -> tuple[Option, ...]:
    counts = Counter(pairs)
    options = ((key, title, count) for (key, title), count in counts.items())
    return tuple(sorted(options, key=lambda one: one[1].casefold()))


# --- as a page has it -----------------------------------------------------------------------------
@dataclass(frozen=True, slots=True)
class Group:
    """Actions of one area, in a table of their own; one that has several stands under its first."""

    key: str
    title: str
    code: str
    actions: tuple[ShownAction, ...]


def grouped(actions: Sequence[ShownAction]) -> list[Group]:
    titles = dict(Area.choices)
    found: dict[str, list[ShownAction]] = {}
    for one in actions:
        found.setdefault(one.areas[0][0] if one.areas else "", []).append(one)
    order = [key for key in (*titles, "") if key in found]
    return [
        Group(key or "other", str(titles.get(key, "Other")), found[key][0].area_code,
              tuple(found[key]))
        for key in order
    ]  # fmt: skip


def summary(actions: Sequence[ShownAction]) -> dict[str, list[Option]]:
    """How many actions stand where: by state, and by how they go."""
    states = Counter(one.state for one in actions)
    goings = Counter(going(one) for one in actions)
    words = {**dict(Delivery.choices), NOT_SAID: str(Delivery.UNKNOWN.label)}
    return {
        "states": [(key, str(title), states[key]) for key, title in ActionState.choices
                   if states[key]],
        "going": [(key, str(title), goings[key]) for key, title in words.items() if goings[key]],
    }  # fmt: skip
