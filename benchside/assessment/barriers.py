"""What a thin room knows that keeps a submission from going on: a fee, a talk, who may ratify.

Asked when it is sent in ("submit"), a seat is given ("assign"), something is recommended
("recommend"), a decision is ratified ("ratify") or sent back ("send-back") and an appeal is heard
("hear"); who may at all, the engine's own rules have said before.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from benchside.accounts.models import User
from benchside.assessment.models import Submission
from benchside.core.actions import Actor, Refused
from benchside.core.registries import Registry


@dataclass(frozen=True, slots=True, kw_only=True)
class Barrier:
    """`reasons(submission, verb, actor)` says why not, each a sentence; nothing lets it pass."""

    key: str
    reasons: Callable[[Submission, str, Actor], Sequence[str]]
    order: int = 0


barriers: Registry[Barrier] = Registry("barriers before a submission")


def barred(submission: Submission, verb: str, actor: Actor) -> list[str]:
    """Every reason why it may not go on by `verb` now."""
    return [why for one in barriers for why in one.reasons(submission, verb, actor)]


def refuse_barred(submission: Submission, verb: str, actor: Actor) -> None:
    """Raises Refused with the first reason."""
    if found := barred(submission, verb, actor):
        raise Refused(found[0], " ".join(found[1:]))


@dataclass(frozen=True, slots=True, kw_only=True)
class SeatBarrier:
    """`reasons(submission, users)` says, by the key of a user, why some may not be given a seat,
    each a sentence without its full stop; nothing lets them have it."""

    key: str
    reasons: Callable[[Submission, Sequence[User]], Mapping[int, Sequence[str]]]
    order: int = 0


seat_barriers: Registry[SeatBarrier] = Registry("barriers before a seat")


def kept_off(submission: Submission, users: Sequence[User]) -> dict[int, tuple[str, ...]]:
    """By user, every reason of a thin room why they may have no seat on it."""
    found: dict[int, tuple[str, ...]] = {}
    for one in seat_barriers:
        for user, why in one.reasons(submission, users).items():
            found[user] = (*found.get(user, ()), *why)
    return found


def refuse_kept_off(submission: Submission, user: User) -> None:
    """Raises Refused with the first reason."""
    if found := kept_off(submission, [user]).get(user.pk):
        raise Refused(f"{found[0]}.", "Choose somebody else.")
