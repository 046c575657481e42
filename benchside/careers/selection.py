"""What a reader asked of the list of roles, read from an address and written back to one.

The whole state of the list stands in the address, always in the same order, so that a list can
be bookmarked, printed on a poster and kept in a cache. Whatever cannot be used is left out and
named in a sentence that says what to do. No Django here.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from benchside.careers.facets import Facets, without
from benchside.careers.wording import listed

LONGEST_QUERY = 120
LONGEST_SHOWN = 30
SORTS = {"best": "Best match", "number": "Number", "title": "A to Z", "sector": "Sector"}
# What links elsewhere hang on to an address to follow people; nobody needs telling.
TRACKERS = ("utm_", "fbclid", "gclid", "mc_")


@dataclass(frozen=True, slots=True)
class Selection:
    """`chosen` holds slugs by facet, both in the order of the facets. `sort` "" is the usual."""

    query: str = ""
    chosen: tuple[tuple[str, tuple[str, ...]], ...] = ()
    sort: str = ""
    page: int = 1
    usual: str = "number"

    @property
    def values(self) -> dict[str, tuple[str, ...]]:
        return dict(self.chosen)

    @property
    def is_empty(self) -> bool:
        return not self.query and not self.chosen

    @property
    def order(self) -> str:
        """By what it is sorted: the usual, unless words were looked for."""
        return self.sort or ("best" if self.query else self.usual)

    def address(self) -> str:
        """The query string, canonical; "" for everything."""
        pairs = [("q", self.query)] if self.query else []
        pairs += [(name, slug) for name, slugs in self.chosen for slug in slugs]
        if self.sort:
            pairs.append(("sort", self.sort))
        if self.page > 1:
            pairs.append(("page", str(self.page)))
        return urlencode(pairs)

    def without(self, name: str, slug: str) -> "Selection":
        return replace(self, chosen=tuple(without(self.values, name, slug).items()), page=1)

    def adding(self, name: str, slug: str, facets: Facets) -> "Selection":
        values = self.values
        values[name] = (*values.get(name, ()), slug)
        return replace(self, chosen=_in_order(values, facets), page=1)

    def asking(self, query: str) -> "Selection":
        return replace(self, query=query, page=1)

    def sorted_by(self, sort: str) -> "Selection":
        return replace(self, sort="" if replace(self, sort="").order == sort else sort, page=1)

    def on_page(self, page: int) -> "Selection":
        return replace(self, page=page)


def read(
    params: Mapping[str, Sequence[str]],
    facets: Facets,
    sorts: Mapping[str, str] = SORTS,
    usual: str = "number",
) -> tuple[Selection, list[str]]:
    """The selection of an address (values by name), and sentences on what was ignored.

    `sorts` are the names and labels a list can be sorted by, `usual` the one it has unasked.
    """
    ignored: list[str] = []
    query, told = _query(_last(params, "q"))
    ignored += told
    values: dict[str, tuple[str, ...]] = {}
    for name, kind in facets.kinds.items():
        given = [_clean(value) for value in params.get(name, ())]
        known = [slug for slug in dict.fromkeys(given) if slug in kind.values]
        strange = [value for value in dict.fromkeys(given) if value and value not in kind.values]
        if known:
            values[name] = tuple(known)
        if strange:
            ignored.append(_unknown_value(kind.label, strange))
    asked = Selection(query, _in_order(values, facets), usual=usual)
    sort, told = _sort(_last(params, "sort"), asked, sorts)
    ignored += told
    page, told = _page(_last(params, "page"))
    ignored += told
    ignored += _unknown_names(params, facets)
    return replace(asked, sort=sort, page=page), ignored


def _in_order(
    values: Mapping[str, Sequence[str]], facets: Facets
) -> tuple[tuple[str, tuple[str, ...]], ...]:
    return tuple(
        (name, tuple(slug for slug in kind.values if slug in values[name]))
        for name, kind in facets.kinds.items()
        if values.get(name)
    )


def _query(value: str) -> tuple[str, list[str]]:
    query = " ".join(value.split())
    if len(query) <= LONGEST_QUERY:
        return query, []
    cut = query[:LONGEST_QUERY].rsplit(" ", 1)[0]
    return cut, ["That was a lot of words, so we looked for the first few. Try two or three."]


def _sort(value: str, asked: Selection, sorts: Mapping[str, str]) -> tuple[str, list[str]]:
    if not value or value == asked.order:
        return "", []
    if value not in sorts:
        return "", [f"We cannot sort by {shown(value)}. Choose from the list."]
    if value == "best":
        return "", ["Best match needs some words to look for. Type them in the search box."]
    return value, []


def _page(value: str) -> tuple[int, list[str]]:
    if not value:
        return 1, []
    if value.isascii() and value.isdigit() and len(value) <= 6 and int(value) >= 1:
        return int(value), []
    return 1, [f"There is no page {shown(value)}, so this is page 1."]


def _unknown_value(label: str, values: list[str]) -> str:
    names = listed([shown(value) for value in values[:3]])
    return f"We left out {names}: there is no such choice under “{label}”. Pick one from the list."


def _unknown_names(params: Mapping[str, Sequence[str]], facets: Facets) -> Iterator[str]:
    known = {"q", "sort", "page", *facets.kinds}
    strange = [_clean(name) for name in params if name not in known]
    strange = [name for name in strange if name and not name.startswith(TRACKERS)]
    if strange:
        names = listed([shown(name) for name in strange[:3]])
        yield f"We left out {names}: the list has no such filter. Use the filters on this page."


def _last(params: Mapping[str, Sequence[str]], name: str) -> str:
    return _clean((params.get(name) or [""])[-1])


def _clean(value: str) -> str:
    """Without what no keyboard types: a NUL would also break a database."""
    return "".join(letter if letter.isprintable() else " " for letter in value).strip()


def shown(value: str) -> str:
    cut = value if len(value) <= LONGEST_SHOWN else f"{value[:LONGEST_SHOWN]}…"
    return f"“{cut}”"
