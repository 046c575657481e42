"""What a thin room knows that keeps a submission from going on: a fee, a talk, who may ratify.

Asked when it is sent in ("submit"), a seat is given ("assign"), something is recommended
("recommend") and a decision is ratified ("ratify"); who may at all, the engine's own rules have
said before.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

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
