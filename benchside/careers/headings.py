"""The heading over a list of roles, as a sentence: "57 roles use physics"."""

from collections.abc import Callable, Mapping

from benchside.careers.facets import Facets
from benchside.careers.selection import Selection
from benchside.careers.wording import counted, inside, listed, with_article

MOST_PARTS = 2  # more filters than this are counted, not told
VERBS = ("use", "start", "let")
Names = list[str]


def heading(selection: Selection, facets: Facets, total: int) -> str:
    """`total` roles fit `selection`; zero is for the page to put kindly."""
    roles = counted(total, "role")
    if selection.query:
        return f"{roles} for “{selection.query}”{_also(selection)}"
    if not selection.chosen:
        return f"All {roles}" if total > 1 else roles
    if len(selection.chosen) > MOST_PARTS:
        return f"{roles} {'fits' if total == 1 else 'fit'} all {len(selection.chosen)} filters"
    parts = [_part(name, slugs, facets, total) for name, slugs in selection.chosen]
    verbs = [part for part in parts if part.startswith(VERBS)]
    others = [part for part in parts if not part.startswith(VERBS)]
    return " ".join(filter(None, (roles, listed(others), listed(verbs))))


def _also(selection: Selection) -> str:
    return f", with {counted(len(selection.chosen), 'filter')}" if selection.chosen else ""


def _part(name: str, slugs: tuple[str, ...], facets: Facets, total: int) -> str:
    names = [facets.kinds[name].values[slug].label for slug in slugs]
    return PARTS[name](names, total)


def _either(names: Names) -> str:
    return listed([inside(name) for name in names], "or")


def _verb(verb: str, total: int) -> str:
    return f"{verb}s" if total == 1 else verb


def _levels(names: Names, total: int) -> str:
    return f"{_verb('start', total)} at {listed([name.split(' (')[0] for name in names], 'or')}"


def _kit(names: Names, total: int) -> str:
    return f"{_verb('use', total)} {listed([with_article(name) for name in names], 'or')}"


def _working(names: Names, total: int) -> str:
    return f"{_verb('let', total)} you work {_either(names)}"


def _marked(names: Names, total: int) -> str:
    return f"marked {listed([f'“{name}”' for name in names], 'or')}"


PARTS: Mapping[str, Callable[[Names, int], str]] = {
    "sector": lambda names, total: f"in {_either(names)}",
    "subject": lambda names, total: f"{_verb('use', total)} {_either(names)}",
    "level": _levels,
    "setting": _marked,
    "way": lambda names, total: (
        f"with {listed([with_article(n) for n in names], 'or')} as a way in"
    ),
    "hands": _working,
    "indoors": _working,
    "people": _working,
    "place": _working,
    "kit": _kit,
}
