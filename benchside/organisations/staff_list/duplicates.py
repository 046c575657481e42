"""Pairs of a list that are likely one person, with the reasons. A person decides."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import combinations
from typing import NamedTuple

from benchside.organisations.staff_list.fields import plain_name
from benchside.organisations.staff_list.people import Person

NEAR = 0.85  # of the letters of two names in common, to be near
LARGEST = 60  # people of one unit who share a word of their names; more says nothing


class Pair(NamedTuple):
    """Keys of two who may be one, in the order of the list; why, the strongest reason first."""

    first: str
    second: str
    why: tuple[str, ...]


def likely_pairs(people: Sequence[Person]) -> list[Pair]:
    """Those with the same e-mail address, then the same name, then a near name in one unit.

    A name alone never makes a pair of two whose sex or age band, where both are known, differ.
    """
    order = {one.key: at for at, one in enumerate(people)}
    why: dict[tuple[str, str], list[str]] = defaultdict(list)
    for reason, first, second in _found(people):
        if order[first.key] > order[second.key]:
            first, second = second, first
        said = why[first.key, second.key]
        if reason not in said:
            said.append(reason)
    pairs = [Pair(*keys, tuple(reasons)) for keys, reasons in why.items()]
    return sorted(pairs, key=lambda one: (_strength(one), order[one.first], order[one.second]))


SAME_MAIL = "the same e-mail address"
SAME_NAME = "the same name"
NEAR_NAME = "nearly the same name, in the same unit"
REASONS = (SAME_MAIL, SAME_NAME, NEAR_NAME)


def _strength(pair: Pair) -> int:
    return min(REASONS.index(reason) for reason in pair.why)


def _found(people: Sequence[Person]) -> Iterator[tuple[str, Person, Person]]:
    mails: dict[str, list[Person]] = defaultdict(list)
    names: dict[str, list[Person]] = defaultdict(list)
    near: dict[tuple[str, str], list[Person]] = defaultdict(list)
    for one in people:
        if one.email:
            mails[one.email.casefold()].append(one)
        if words := _words(one):
            names[" ".join(sorted(words))].append(one)
            for unit in {post.unit for post in one.posts if post.unit}:
                for word in set(words):
                    near[unit, word].append(one)
    yield from ((SAME_MAIL, *two) for two in _pairs(mails.values()))
    yield from ((SAME_NAME, *two) for two in _pairs(names.values()) if not _differ(*two))
    for first, second in _pairs(near.values()):
        if _is_near(first, second) and not _differ(first, second):
            yield NEAR_NAME, first, second


def _pairs(groups: Iterable[list[Person]]) -> Iterator[tuple[Person, Person]]:
    for group in groups:
        if len(group) <= LARGEST:
            yield from combinations(group, 2)


def _words(one: Person) -> list[str]:
    """Of a name in another script than ours, as it is written."""
    name = one.name or ""
    return (plain_name(name) or name.casefold()).split()


def _is_near(first: Person, second: Person) -> bool:
    """Edie and Edith, a second name more or less, a letter mistyped; not the same name."""
    mine, theirs = _words(first), _words(second)
    if sorted(mine) == sorted(theirs):
        return False
    if min(len(mine), len(theirs)) > 1 and (set(mine) <= set(theirs) or set(theirs) <= set(mine)):
        return True
    return SequenceMatcher(None, " ".join(mine), " ".join(theirs)).ratio() >= NEAR


def _differ(first: Person, second: Person) -> bool:
    return any(
        known and other and known != other and "not known" not in (known, other)
        for known, other in ((first.sex, second.sex), (first.age_band, second.age_band))
    )
