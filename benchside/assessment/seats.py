"""Who may look at what: conflicts of interest, and reviewers dealt out evenly. No Django here."""

from collections import Counter, deque
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

Id = Hashable


class Conflict(StrEnum):
    """Why somebody may not look at a submission, whoever asks them to."""

    OWN = "own", "It is their own"
    OWN_ORGANISATION = "own-organisation", "They belong to the organisation"
    SAME_EMPLOYER = "same-employer", "They work where the applicant works"
    PARTNER = "partner", "Their organisation is a declared partner"
    SUPPORTER = "supporter", "They support the submission"
    DECLARED = "declared", "They declared an interest"
    BEFORE = "before", "They have sat on it before"
    HAND = "hand", "They had a hand in what was overturned on appeal"

    label: str

    def __new__(cls, value: str, label: str) -> "Conflict":
        made = str.__new__(cls, value)
        made._value_ = value
        made.label = label
        return made


@dataclass(frozen=True, slots=True)
class Case:
    """A submission as far as conflicts go: the people and organisations it touches."""

    key: Id
    holder_people: frozenset[Id] = frozenset()
    holder_organisations: frozenset[Id] = frozenset()
    partners: frozenset[Id] = frozenset()
    supporters: frozenset[Id] = frozenset()
    sat_before: frozenset[Id] = frozenset()
    hands: frozenset[Id] = frozenset()  # who recommended, ratified or heard what was overturned


@dataclass(frozen=True, slots=True)
class Reviewer:
    """Somebody who may be given a seat. `load` is what they have now, `most` what they take."""

    key: Id
    organisations: frozenset[Id] = frozenset()
    declared: frozenset[Id] = frozenset()
    load: int = 0
    most: int = 5


def conflicts(reviewer: Reviewer, case: Case, *, is_personal: bool) -> tuple[Conflict, ...]:
    """Every reason against it; none when they may look.

    `is_personal`: the holder is a person, and an organisation of theirs is their employer.
    """
    shared = reviewer.organisations & case.holder_organisations
    employer = Conflict.SAME_EMPLOYER if is_personal else Conflict.OWN_ORGANISATION
    found = [
        (reviewer.key in case.holder_people, Conflict.OWN),
        (bool(shared), employer),
        (bool(reviewer.organisations & case.partners), Conflict.PARTNER),
        (reviewer.key in case.supporters, Conflict.SUPPORTER),
        (case.key in reviewer.declared, Conflict.DECLARED),
        (reviewer.key in case.sat_before, Conflict.BEFORE),
        (reviewer.key in case.hands, Conflict.HAND),
    ]
    return tuple(reason for holds, reason in found if holds)


@dataclass(frozen=True, slots=True)
class Dealt:
    """Reviewers by case, and the cases that could not be given all their seats."""

    seats: Mapping[Id, tuple[Id, ...]]
    short: Mapping[Id, int] = field(default_factory=dict)


def deal(
    cases: Sequence[Case], reviewers: Sequence[Reviewer], *, seats: int, is_personal: bool
) -> Dealt:
    """Give each case its seats, as many as can be filled, and load people evenly.

    A bipartite flow with the load raised one step at a time: at each step as many seats as
    possible are filled with nobody above that load, so that the fullest diary is as small as it
    can be. The same input gives the same answer; ties go by the order given.
    """
    may = {
        case.key: [one for one in reviewers if not conflicts(one, case, is_personal=is_personal)]
        for case in cases
    }
    table = _Table(may, {one.key: one.load for one in reviewers})
    highest = max((one.most for one in reviewers), default=0)
    most = {one.key: one.most for one in reviewers}
    for ceiling in range(1, highest + 1):
        limits = {key: min(ceiling, limit) for key, limit in most.items()}
        for case in cases:
            while len(table.given[case.key]) < seats and table.add(case.key, limits):
                pass
    short = {
        c.key: seats - len(table.given[c.key]) for c in cases if len(table.given[c.key]) < seats
    }
    return Dealt({key: tuple(given) for key, given in table.given.items()}, short)


class _Table:
    """Who sits where while seats are being dealt."""

    def __init__(self, may: Mapping[Id, Sequence[Reviewer]], load: Mapping[Id, int]) -> None:
        self.may = {case: [one.key for one in able] for case, able in may.items()}
        self.given: dict[Id, list[Id]] = {case: [] for case in may}
        self.load = Counter(load)

    def add(self, case: Id, limits: Mapping[Id, int]) -> bool:
        """Fill one more seat of a case, moving others along a shortest chain where that helps."""
        came: dict[Id, tuple[Id, Id | None]] = {}  # reviewer: case they would take, who gives way
        waiting: deque[tuple[Id, Id | None]] = deque([(case, None)])
        seen_cases = {case}
        while waiting:
            here, gives_way = waiting.popleft()
            for one in self.may[here]:
                if one in came or one in self.given[here]:
                    continue
                came[one] = (here, gives_way)
                if self.load[one] < limits[one]:
                    self._shift(one, came)
                    return True
                for other, sitting in self.given.items():
                    if one in sitting and other not in seen_cases:
                        seen_cases.add(other)
                        waiting.append((other, one))
        return False

    def _shift(self, last: Id, came: Mapping[Id, tuple[Id, Id | None]]) -> None:
        self.load[last] += 1
        taker: Id | None = last
        while taker is not None:
            case, gives_way = came[taker]
            if gives_way is not None:
                self.given[case].remove(gives_way)
            self.given[case].append(taker)
            taker = gives_way
