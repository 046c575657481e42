"""Contracts folded to people: who is who, what they do now, who has left."""

import hashlib
import hmac
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from operator import itemgetter
from typing import Any, NamedTuple

from benchside.organisations.staff_list.codes import NOT_LEAVING, Mode, Reason, Terms
from benchside.organisations.staff_list.contracts import Contract
from benchside.organisations.staff_list.fields import plain_name
from benchside.organisations.staff_list.problems import Notice, Problem

EXAMPLES = 5
FAR = date.max
# Where the fields of a person and of a post stand in a contract.
of_person = itemgetter(slice(Contract._fields.index("number"), Contract._fields.index("contract")))
of_post = itemgetter(slice(Contract._fields.index("contract"), Contract._fields.index("left")))
Mark = Callable[[Contract], str]  # what a row can be recognised by, empty where it cannot


class Post(NamedTuple):
    """One contract, as it is compared and kept. `fte` is 0 to 1; empty things are None."""

    contract: str | None
    title: str
    unit: str | None
    unit_above: str | None
    family: str | None
    grade: str | None
    soc: str | None  # SOC 2020 as the file says it, three or four digits
    fte: float | None
    mode: str | None
    terms: str | None
    start: date | None
    end: date | None
    manager: str | None


class Person(NamedTuple):
    """Somebody on the list. `posts` are those held on the day, the main one first.

    `key` is "number:…", else "email:…", else "person:…" with a keyed digest of name and date of
    birth, which cannot be read back. `left` is set for people who have left, and for nobody else.
    """

    key: str
    number: str | None
    email: str | None
    name: str | None
    age_band: str | None
    sex: str | None
    ethnicity: str | None
    disability: str | None
    posts: tuple[Post, ...]
    left: date | None = None
    reason: str | None = None
    destination: str | None = None
    sheet: str = ""
    row: int = 0

    @property
    def fte(self) -> float | None:
        """Of all posts together, at most 1. None when no post says."""
        said = [post.fte for post in self.posts if post.fte is not None]
        return round(min(sum(said), 1.0), 4) if said else None


class Folded(NamedTuple):
    """`people` are here on the day, `leavers` are not; both in the order of their keys."""

    people: list[Person]
    leavers: list[Person]
    problems: list[Problem]
    notices: list[Notice]


def fold(contracts: Iterable[Contract], as_of: date, secret: bytes) -> Folded:
    """Make people of contracts, the same whatever the order of the rows.

    `secret` keys the digest of those who have neither a number nor an e-mail address; give each
    organisation its own, and always the same.
    """
    return _Folder(as_of, secret).fold(contracts)


class _Folder:
    def __init__(self, as_of: date, secret: bytes) -> None:
        self.as_of, self.secret = as_of, secret
        self.problems: list[Problem] = []
        self.rows: dict[str, list[Contract]] = defaultdict(list)  # for notices, by message

    def fold(self, contracts: Iterable[Contract]) -> Folded:
        people: list[Person] = []
        leavers: list[Person] = []
        by_key = self._by_key(contracts)
        for key in sorted(by_key):
            rows = by_key[key]
            if len(rows) > 1 and not self._agree(key, rows):
                continue
            person = self._person(key, rows)
            if person is not None:
                (people if person.left is None else leavers).append(person)
        notices = [
            Notice(message, rows[0].sheet, len(rows), tuple(sorted(r.row for r in rows)[:EXAMPLES]))
            for message, rows in self.rows.items()
        ]
        return Folded(people, leavers, sorted(self.problems), notices)

    # --- who is who ---------------------------------------------------------------------------
    def _by_key(self, contracts: Iterable[Contract]) -> dict[str, list[Contract]]:
        found: dict[str, list[Contract]] = defaultdict(list)
        rest: list[Contract] = []
        for one in contracts:
            if one.number:
                found[f"number:{one.number}"].append(one)
            else:
                rest.append(one)
        if rest:
            rest = self._join(found, rest, _email, "e-mail address")
            rest = self._join(found, rest, _name_and_birth, "name and date of birth")
        for one in rest:
            remedy = "A name alone may be two people: add a staff number, e-mail or birth date."
            self._fault(one, "", one.name or "", remedy)
        return found

    def _join(
        self, found: dict[str, list[Contract]], rest: list[Contract], mark: Mark, what: str
    ) -> list[Contract]:
        """Rows without a number go to the one person who bears their mark, or begin a new one."""
        bearers: dict[str, set[str]] = defaultdict(set)
        for key, rows in found.items():
            for one in rows:
                if said := mark(one):
                    bearers[said].add(key)
        left = []
        for one in rest:
            said = mark(one)
            if not said:
                left.append(one)
            elif len(keys := bearers.get(said, set())) > 1:
                remedy = f"Several staff numbers have this {what}: add the staff number here."
                self._fault(one, "", one.email or "", remedy)
            elif keys:
                found[next(iter(keys))].append(one)
            else:
                found[self._key(one)].append(one)
        return left

    def _key(self, one: Contract) -> str:
        if one.email:
            return f"email:{one.email}"
        digest = hmac.new(self.secret, _name_and_birth(one).encode(), hashlib.sha256)
        return f"person:{digest.hexdigest()[:32]}"

    def _agree(self, key: str, rows: Sequence[Contract]) -> bool:
        """Whether all rows can be about one person. If not, none of them is used."""
        if len({one.birth for one in rows if one.birth}) < 2:
            return True
        first = min(rows, key=_place)
        for one in sorted(rows, key=_place):
            other = "another row" if one is first else f"row {first.row}"
            remedy = f"{other.capitalize()} has this number with another date of birth: mend one."
            self._fault(one, "", one.number or one.email or "", remedy, key)
        return False

    # --- what they do -------------------------------------------------------------------------
    def _person(self, key: str, rows: list[Contract]) -> Person | None:
        rows = [one for one in rows if not self._is_atypical(one)]
        if len(rows) > 1:
            rows = _without_twins(_departed(rows, self.as_of))
        here = [one for one in rows if self._is_held(one)]
        if not here:
            here = self._staying(rows)
        if here:
            if len(here) > 1:
                here.sort(key=_main_first)
            return _made(key, here, rows)
        gone = [one for one in rows if _gone_on(one) < self.as_of or one.left]
        if not gone:
            return None
        last = max(gone, key=lambda one: (_gone_on(one), _main_first(one)))
        reason = last.reason or (Reason.CONTRACT_ENDED if not last.left else None)
        left = _made(key, sorted(gone, key=_main_first), rows)
        return left._replace(
            left=_gone_on(last), reason=reason, destination=last.destination, posts=()
        )

    def _is_atypical(self, one: Contract) -> bool:
        atypical = one.mode == Mode.ATYPICAL or one.terms == Terms.ATYPICAL
        if atypical:
            self.rows["Casual and hourly-paid work is no post: left out."].append(one)
        return atypical

    def _is_held(self, one: Contract) -> bool:
        if one.start and one.start > self.as_of:
            self.rows["Contracts that begin after the day of the list: left out."].append(one)
            return False
        if not one.title:
            return False
        return _gone_on(one) >= self.as_of and not (one.leavers and one.left is None)

    def _staying(self, rows: list[Contract]) -> list[Contract]:
        """Ended contracts of somebody whose reason says that they did not leave."""
        staying = [
            one
            for one in rows
            if one.reason in NOT_LEAVING and one.title and _gone_on(one) < self.as_of
        ]
        if not staying:
            return []
        last = max(staying, key=lambda one: (_gone_on(one), _main_first(one)))
        message = "The reason says a new contract, and none is in the file: kept as they were."
        self.rows[message].append(last)
        return [last]

    def _fault(self, one: Contract, column: str, value: str, remedy: str, who: str = "") -> None:
        self.problems.append(Problem(one.sheet, one.row, column, value, remedy, who))


def _email(one: Contract) -> str:
    return one.email or ""


def _name_and_birth(one: Contract) -> str:
    if not (one.name and one.birth):
        return ""
    return f"{' '.join(sorted(plain_name(one.name).split()))}|{one.birth.isoformat()}"


def _place(one: Contract) -> tuple[str, int]:
    return one.sheet, one.row


def _gone_on(one: Contract) -> date:
    """The last day of a contract; the end of time for one that goes on."""
    return one.left or one.end or FAR


def _main_first(one: Contract) -> tuple[object, ...]:
    """Sorts the main contract first: most hours, then permanent, then the oldest.

    Beyond that the order means nothing, but it must not hang on the order of the rows.
    """
    return (
        -(one.fte or 0),
        one.terms != Terms.PERMANENT,
        one.start or FAR,
        *(text or "" for text in (one.contract, one.title, one.unit, one.grade)),
        *(str(value or "") for value in one[2:]),
    )


def _departed(rows: list[Contract], as_of: date) -> list[Contract]:
    """A leavers' sheet that names no contract means the person: whatever they had has ended.

    What began after they left is a new beginning.
    """
    leaving = [
        one
        for one in rows
        if one.leavers and not one.contract and one.left and one.left < as_of
        if one.reason not in NOT_LEAVING
    ]
    if not leaving:
        return rows
    last = max(leaving, key=lambda one: (one.left or FAR, _main_first(one)))
    day = last.left or FAR
    return [
        one
        if one.leavers or one.left or (one.start and one.start > day)
        else one._replace(left=day, reason=last.reason, destination=last.destination)
        for one in rows
    ]


def _without_twins(rows: list[Contract]) -> list[Contract]:
    """One row for each contract: that of the leavers' sheet where it stands in both."""
    found: dict[tuple[object, ...], Contract] = {}
    for one in sorted(rows, key=lambda one: (one.left is None, _main_first(one), _place(one))):
        twin: tuple[object, ...] = ("contract", one.contract)
        if not one.contract:
            twin = ("post", plain_name(one.title or ""), plain_name(one.unit or ""), one.start)
        known = found.setdefault(twin, one)
        if known is not one and not known.title:
            found[twin] = one._replace(left=known.left, reason=known.reason)
    return list(found.values())


def _made(key: str, posts: Sequence[Contract], rows: Sequence[Contract]) -> Person:
    main = posts[0]
    said = main
    if len(rows) > 1:
        others = sorted(rows, key=_main_first)
        blanks: dict[str, Any] = {
            name: next((value for one in others if (value := getattr(one, name))), None)
            for name in ("number", "email", "name", "age_band", "sex", "ethnicity", "disability")
            if not getattr(main, name)
        }
        said = main._replace(**blanks)
    held = tuple(Post._make(of_post(one)) for one in posts)
    return Person._make((key, *of_person(said), held, None, None, None, main.sheet, main.row))
