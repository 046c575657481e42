"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping, Sequence

from benchside.assessment import writing_rules
from benchside.assessment.barriers import Barrier, barriers
from benchside.assessment.models import Submission
from benchside.core.actions import Actor
from benchside.core.registries import PagePurge, Plain, page_purges
from benchside.recognition.credentials.designs import BadgeDesign, badge_designs
from benchside.recognition.events import ROUND_CHANGED
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import rules, states, tasks

__all__ = ["register", "states", "tasks"]  # named, so that what goes by the clock is known early


def pages_of_rounds(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/nominations/*",)


PURGE = PagePurge(key="recognition.nominations", event=ROUND_CHANGED.key, addresses=pages_of_rounds)


def closed(submission: Submission, verb: str, actor: Actor) -> Sequence[str]:
    """After the last day nothing is sent in."""
    if verb != "submit":
        return ()
    found = Nomination.objects.filter(submission=submission).select_related("round").first()
    if found is None or found.round.is_open:
        return ()
    return (f"The last day was {found.round.closes_on:%-d %B %Y}.",)


BARRIER = Barrier(key="recognition.nominations", reasons=closed)


def is_prize(standard: str) -> bool:
    return NominationRound.objects.filter(standard=standard).exists()


DESIGN = BadgeDesign(
    key="recognition.nominations",
    covers=is_prize,
    achievement_type="Award",
    said="Winner",
    order=40,
)


def register() -> None:
    badge_designs.register(DESIGN)
    barriers.register(BARRIER)
    page_purges.register(PURGE)
    writing_rules.leads.append(rules.may_lead)
    writing_rules.signers.append(rules.may_sign)
