"""Up to three roles side by side, with what differs marked. Reads records, no database."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from benchside.careers.enums import Level
from benchside.careers.models import Role
from benchside.careers.selection import shown
from benchside.careers.wording import listed

MOST = 3


@dataclass(frozen=True, slots=True)
class Item:
    """One thing in a cell; `is_shared` when every role compared has it."""

    text: str
    is_shared: bool


@dataclass(frozen=True, slots=True)
class Row:
    """`cells` stand in the order of the roles. `differs`: not all say the same.

    A row of `is_prose` holds one text to a cell and is never marked: prose always differs.
    """

    name: str
    label: str
    cells: list[list[Item]]
    differs: bool
    is_prose: bool = False


def chosen(slugs: Iterable[str], by_slug: dict[str, Role]) -> tuple[list[Role], list[str]]:
    """The roles to compare, in the order asked for, and sentences on what was left out."""
    asked = list(dict.fromkeys(slug.strip().lower() for slug in slugs if slug.strip()))
    known = [by_slug[slug] for slug in asked if slug in by_slug]
    strange = [slug for slug in asked if slug not in by_slug]
    told = []
    if strange:
        names = listed([shown(slug) for slug in strange[:MOST]])
        told.append(f"We hold no role called {names}. Choose from the list of roles.")
    if len(known) > MOST:
        left = listed([role.title for role in known[MOST:][:MOST]])
        told.append(f"Three fit side by side, so we left out {left}. Take one away to see more.")
    return known[:MOST], told


def rows(roles: Sequence[Role]) -> list[Row]:
    found = [_prose(name, label, roles, get) for name, label, get in PROSE]
    return found + [_list(name, label, roles, get) for name, label, get in LISTS]


PROSE: tuple[tuple[str, str, Callable[[Role], str]], ...] = (
    ("what", "What you do", lambda role: role.what),
    ("day", "One moment of a day", lambda role: _key_moment(role)),
    ("where", "Where and when", lambda role: role.where),
    ("takes", "What it takes", lambda role: role.takes),
)
LISTS: tuple[tuple[str, str, Callable[[Role], list[str]]], ...] = (
    ("sector", "Sector", lambda role: [role.sector.name]),
    ("level", "Starting level", lambda role: [Level(role.level).label]),
    ("subjects", "Subjects that help", lambda role: [term.name for term in role.subjects.all()]),
    ("settings", "Where you work", lambda role: [term.name for term in role.settings.all()]),
    ("kit", "Kit", lambda role: [kit.term.name for kit in role.kit_list.all()]),
    ("skills", "Skills you build", lambda role: [term.name for term in role.skills.all()]),
    ("ways", "Ways in", lambda role: [str(way.route) for way in role.ways()]),
    ("hands", "Hands or screen", lambda role: [role.get_hands_display()]),
    ("indoors", "Indoors or out", lambda role: [role.get_indoors_display()]),
    ("people", "People or quiet", lambda role: [role.get_people_display()]),
    ("place", "One place or travel", lambda role: [role.get_place_display()]),
)


def _key_moment(role: Role) -> str:
    moment = next((one for one in role.day if one.get("key")), None)
    return f"{moment['time']} {moment['title']}. {moment['text']}" if moment else ""


def _prose(name: str, label: str, roles: Sequence[Role], get: Callable[[Role], str]) -> Row:
    cells = [[Item(get(role), False)] for role in roles]
    return Row(name, label, cells, differs=False, is_prose=True)


def _list(name: str, label: str, roles: Sequence[Role], get: Callable[[Role], list[str]]) -> Row:
    lists = [get(role) for role in roles]
    shared = set.intersection(*map(set, lists)) if len(lists) > 1 else set()
    cells = [[Item(text, text in shared) for text in texts] for texts in lists]
    return Row(name, label, cells, differs=len({frozenset(texts) for texts in lists}) > 1)
