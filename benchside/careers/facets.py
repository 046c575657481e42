"""Filtering by facets. Plain values in and out: sets of ids, no database.

Inside a facet a role needs any of the chosen values, across facets it needs all of them.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Ids = frozenset[int]
Chosen = Mapping[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a facet, its name, and the roles that have it."""

    slug: str
    label: str
    ids: Ids


@dataclass(frozen=True, slots=True)
class Kind:
    """One facet: its name in the address, its label, its values in the order shown."""

    name: str
    label: str
    values: Mapping[str, Value]


class Facets:
    """All facets over one set of records."""

    def __init__(self, everything: Ids, kinds: Iterable[Kind]) -> None:
        self.everything = everything
        self.kinds = {kind.name: kind for kind in kinds}

    def matching(self, chosen: Chosen, within: Ids | None = None) -> Ids:
        """The ids that fit, out of `within` (all, when None)."""
        found = self.everything if within is None else self.everything & within
        for name, slugs in chosen.items():
            found &= self._any_of(name, slugs)
        return found

    def counts(self, chosen: Chosen, within: Ids | None = None) -> dict[str, dict[str, int]]:
        """For each value, how many fit it and all that is chosen in the other facets.

        Where nothing is chosen in a facet, that is what choosing the value would give.
        """
        found = {}
        for name, kind in self.kinds.items():
            others = {other: slugs for other, slugs in chosen.items() if other != name}
            base = self.matching(others, within)
            found[name] = {slug: len(base & value.ids) for slug, value in kind.values.items()}
        return found

    def relaxations(self, chosen: Chosen, within: Ids | None) -> Iterator[tuple[str, str, int]]:
        """Which single value to take away for something to fit: (facet, slug, how many then)."""
        for name, slugs in chosen.items():
            for slug in slugs:
                if count := len(self.matching(without(chosen, name, slug), within)):
                    yield name, slug, count

    def _any_of(self, name: str, slugs: Iterable[str]) -> Ids:
        values = self.kinds[name].values
        return frozenset[int]().union(*(values[slug].ids for slug in slugs))


def without(chosen: Chosen, name: str, slug: str) -> dict[str, tuple[str, ...]]:
    rest = {
        other: tuple(one for one in slugs if (other, one) != (name, slug))
        for other, slugs in chosen.items()
    }
    return {other: slugs for other, slugs in rest.items() if slugs}


def kind_of(
    name: str,
    label: str,
    options: Iterable[tuple[str, str]],
    records: Iterable[tuple[int, Any]],
    slugs_of: Callable[[Any], Iterable[str]],
) -> Kind:
    """A facet whose `options` are (slug, label) in order; those that no record has are left out."""
    ids: dict[str, set[int]] = {slug: set() for slug, _ in options}
    for key, record in records:
        for slug in slugs_of(record):
            if slug in ids:
                ids[slug].add(key)
    return Kind(
        name,
        label,
        {slug: Value(slug, label, frozenset(ids[slug])) for slug, label in options if ids[slug]},
    )
