"""What a thin room keeps back until its hour: who has won a prize, from those it is about.

Those who decide read everything at once. Whoever writes, signs or is the holder reads no more until
then than that the reviews are in; and it is the room that writes to them, at its hour.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from itertools import takewhile

from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import Submission
from benchside.assessment.timing import Spell, spent
from benchside.core.models import AuditEvent
from benchside.core.registries import Registry

# What says that something was decided, or is about to be.
TELLING = (
    SubmissionState.RECOMMENDED, SubmissionState.APPROVED, SubmissionState.DECLINED,
    SubmissionState.APPEALED,
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Embargo:
    """`covers(submission)`: its result is told by this room alone; `is_over(submission)`: whether
    its hour has come."""

    key: str
    covers: Callable[[Submission], bool]
    is_over: Callable[[Submission], bool]
    order: int = 0


embargoes: Registry[Embargo] = Registry("results that are kept back until an hour")


def is_told_by_a_room(submission: Submission) -> bool:
    """Whether the engine writes no letter of what was decided."""
    return any(one.covers(submission) for one in embargoes)


def is_kept_back(submission: Submission) -> bool:
    """Whether those it is about may not read yet what was decided."""
    return any(one.covers(submission) and not one.is_over(submission) for one in embargoes)


def state_told(submission: Submission) -> SubmissionState:
    """Where it is, as those it is about may read it."""
    state = SubmissionState(submission.state)
    if state in TELLING and is_kept_back(submission):
        return SubmissionState.REVIEWED
    return state


def spent_as_told(submission: Submission) -> list[Spell]:
    """How long it was where, as those it is about may read it: since its reviews came in, for all
    that came of them."""
    found = spent(submission)
    if not is_kept_back(submission):
        return found
    known = list(takewhile(lambda one: one.state not in TELLING, found))
    return [*known[:-1], replace(known[-1], ends=None)] if len(known) < len(found) else found


def events_told(submission: Submission, events: Iterable[AuditEvent]) -> list[AuditEvent]:
    """Those of its trail that whom it is about may read of: none of a decision kept back."""
    if not is_kept_back(submission):
        return list(events)
    return [
        one for one in events if not {one.detail.get("from"), one.detail.get("to")} & {*TELLING}
    ]
