"""What a staff list would change: who joins, leaves, moves, is described differently.

Plain values on both sides: the people who are kept now, and what a file says on a day. The same
file twice makes no difference, whatever the order of its rows.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from typing import Any, NamedTuple

from benchside.organisations.staff_list.collecting import not_collecting
from benchside.organisations.staff_list.definition import Ruling, Verdict
from benchside.organisations.staff_list.managers import Managers
from benchside.organisations.staff_list.people import Person, Post
from benchside.organisations.staff_list.reading import StaffList

PERSON_FIELDS = ("number", "email", "name", "age_band", "sex", "ethnicity", "disability")
_Pair = tuple[Person, Person | None]  # what the file says, and who it was before
LARGE_SHARE, LARGE_LEAST = 0.2, 5  # so many leaving at once is more likely half a file


class Kind(StrEnum):
    JOINED = "joined"
    LEFT = "left"
    MOVED = "moved"  # to another unit; other fields may have changed with it
    CHANGED = "changed"
    UNCOUNTED = "no longer counted"  # still employed, no technician by the definition


class FieldChange(NamedTuple):
    """One field. `post` is the title of the post it is of, empty for the person's own."""

    field: str
    post: str
    before: Any
    after: Any


class Change(NamedTuple):
    """One person. `before` is None for a joiner; `after` for a leaver has `left` and no posts."""

    kind: Kind
    key: str
    before: Person | None
    after: Person | None
    fields: tuple[FieldChange, ...] = ()
    why: str = ""


@dataclass(frozen=True)
class Difference:
    """`changes` are in the order of their keys. `kept` are missing from the file, and kept,
    because bad rows may be theirs. `warnings` want a person's yes."""

    changes: list[Change]
    unchanged: int
    kept: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    def of(self, kind: Kind) -> list[Change]:
        return [one for one in self.changes if one.kind == kind]

    def counts(self) -> dict[str, int]:
        counted = Counter(one.kind for one in self.changes)
        return {str(kind): counted[kind] for kind in Kind} | {"unchanged": self.unchanged}


@not_collecting()
def compare(
    before: Iterable[Person],
    staff: StaffList,
    rulings: Mapping[str, Ruling],
    *,
    theirs: Collection[str] = (),
) -> Difference:
    """What `staff` would change. `rulings` are by the keys of `staff.people`.

    Technicians are taken in; those already there who are likely stay; nobody else is kept.
    Fields the file has no column for keep their value; so do name and e-mail address of those
    whose keys are in `theirs`, because they look after them themselves.
    """
    return _Comparing(list(before), staff, rulings, theirs).difference()


class _Comparing:
    def __init__(
        self,
        before: list[Person],
        staff: StaffList,
        rulings: Mapping[str, Ruling],
        theirs: Collection[str],
    ) -> None:
        self.before, self.staff, self.rulings, self.theirs = before, staff, rulings, theirs
        # Fields of a person and of a post that the file has no column for.
        self.silent = [name for name in PERSON_FIELDS if name not in staff.says]
        self.quiet = [name for name in Post._fields if name not in staff.says]
        self.changes: list[Change] = []
        self.unchanged = 0

    def difference(self) -> Difference:
        left = _Finder(self.before)
        here = _pairs(left, self.staff.people)
        gone = _pairs(left, self.staff.leavers)
        kept = self._missing(left.rest())
        if "manager" in self.staff.says:
            here = self._led(here, kept)
        for person, known in here:
            self._here(person, known)
        for person, known in gone:
            if known is not None:
                self._change(Kind.LEFT, known, person, why=str(person.reason or ""))
        self.changes.sort(key=lambda one: one.key)
        return Difference(self.changes, self.unchanged, kept, self._warnings())

    def _led(self, here: list[_Pair], kept: list[str]) -> list[_Pair]:
        """Managers found among those who will be on the list."""
        stay = {person.key for person, known in here if self._stays(person, known)}
        there = set(kept)
        missing = [one for one in self.before if one.key in there]
        managers = Managers([*self.staff.people, *missing], stay | there)
        return [(managers.of(person), known) for person, known in here]

    def _stays(self, person: Person, known: Person | None) -> bool:
        verdict = self.rulings[person.key].verdict
        return verdict == Verdict.TECHNICIAN or (known is not None and verdict == Verdict.LIKELY)

    def _here(self, person: Person, known: Person | None) -> None:
        ruling = self.rulings[person.key]
        if known is None:
            if ruling.verdict == Verdict.TECHNICIAN:
                self._change(Kind.JOINED, None, person, why=ruling.reason)
            return
        if ruling.verdict == Verdict.UNLIKELY:
            self._change(Kind.UNCOUNTED, known, None, why=ruling.reason)
            return
        after = self._carried(known, person)
        fields = changed_fields(known, after)
        if not fields:
            self.unchanged += 1
            return
        moved = bool(known.posts) and known.posts[0].unit != after.posts[0].unit
        self._change(Kind.MOVED if moved else Kind.CHANGED, known, after, fields=fields)

    def _missing(self, missing: list[Person]) -> list[str]:
        """Leavers by their absence, unless a bad row is or may be theirs."""
        bad = {one.who for one in self.staff.problems}
        kept = []
        for known in missing:
            if "" in bad or known.key in bad or f"email:{known.email}" in bad:
                kept.append(known.key)
                continue
            gone = known._replace(left=self.staff.as_of, posts=(), reason=None)
            self._change(Kind.LEFT, known, gone, why="not in the file")
        return kept

    def _carried(self, known: Person, person: Person) -> Person:
        """What the file says, and of what it does not say, what is known."""
        silent = {
            name: value
            for name in self.silent
            if (value := getattr(known, name)) != getattr(person, name)
        }
        if known.key in self.theirs:
            silent |= {"name": known.name, "email": known.email}
        posts = person.posts
        if any(getattr(post, name) is not None for name in self.quiet for post in known.posts):
            old = {after: post for post, after in paired(known.posts, posts) if post and after}
            posts = tuple(
                post._replace(**{name: getattr(old[post], name) for name in self.quiet})
                if post in old
                else post
                for post in posts
            )
        if not silent and posts is person.posts:
            return person
        return person._replace(posts=posts, **silent)

    def _warnings(self) -> list[str]:
        leaving = sum(one.kind in {Kind.LEFT, Kind.UNCOUNTED} for one in self.changes)
        if leaving >= LARGE_LEAST and leaving > LARGE_SHARE * len(self.before):
            return [
                f"{leaving} of {len(self.before)} people would go. Is this the whole list, "
                "and not one part of it?"
            ]
        return []

    def _change(
        self,
        kind: Kind,
        before: Person | None,
        after: Person | None,
        *,
        fields: tuple[FieldChange, ...] = (),
        why: str = "",
    ) -> None:
        named = before or after
        assert named is not None
        self.changes.append(Change(kind, named.key, before, after, fields, why))


class _Finder:
    """Finds who somebody was: by number, else by an e-mail address that is one person's."""

    def __init__(self, people: Collection[Person]) -> None:
        self.left = {one.key: one for one in people}
        mails: Counter[str] = Counter(one.email for one in people if one.email)
        self.by_mail = {one.email: one.key for one in people if one.email and mails[one.email] == 1}

    def take(self, person: Person, mails: Mapping[str, int]) -> Person | None:
        if found := self.left.pop(person.key, None):
            return found
        if not person.email or mails[person.email] > 1:
            return None
        return self.left.pop(self.by_mail.get(person.email, ""), None)

    def rest(self) -> list[Person]:
        return list(self.left.values())


def _pairs(known: _Finder, people: list[Person]) -> list[_Pair]:
    """Those with the same key first, so that nobody takes another's record by an address."""
    mails = Counter(one.email for one in people if one.email)
    exact = {one.key: known.left.pop(one.key, None) for one in people}
    return [(one, exact[one.key] or known.take(one, mails)) for one in people]


def changed_fields(before: Person, after: Person) -> tuple[FieldChange, ...]:
    """Field by field, the person's own first, then post by post."""
    if before[1:9] == after[1:9]:
        return ()
    found = [
        FieldChange(name, "", getattr(before, name), getattr(after, name))
        for name in PERSON_FIELDS
        if getattr(before, name) != getattr(after, name)
    ]
    for old, new in paired(before.posts, after.posts):
        if old is None or new is None:
            found.append(FieldChange("post", "", old and old.title, new and new.title))
            continue
        found += [
            FieldChange(name, new.title, getattr(old, name), getattr(new, name))
            for name in Post._fields
            if getattr(old, name) != getattr(new, name)
        ]
    return tuple(found)


def paired(
    before: tuple[Post, ...], after: tuple[Post, ...]
) -> list[tuple[Post | None, Post | None]]:
    """Which post became which: by contract, else by title and unit, else by start, else in turn.

    A post that began or ended has None on the other side.
    """
    if len(before) == 1 == len(after):
        return [(before[0], after[0])]
    old, new = list(before), list(after)
    found: list[tuple[Post | None, Post | None]] = []
    for same in (_same_contract, _same_work, _same_start):
        for post in list(new):
            twin = next((one for one in old if same(one, post)), None)
            if twin is not None:
                found.append((twin, post))
                old.remove(twin)
                new.remove(post)
    if len(old) == 1 == len(new):
        return [*found, (old[0], new[0])]
    return [*found, *((one, None) for one in old), *((None, one) for one in new)]


def _same_contract(one: Post, other: Post) -> bool:
    return one.contract is not None and one.contract == other.contract


def _same_work(one: Post, other: Post) -> bool:
    return (one.title, one.unit) == (other.title, other.unit)


def _same_start(one: Post, other: Post) -> bool:
    return isinstance(one.start, date) and one.start == other.start
