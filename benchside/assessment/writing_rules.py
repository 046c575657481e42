"""Who may write, sign and send in. Thin rooms add who acts for an organisation."""

from collections.abc import Callable, Iterable

from benchside.assessment.models import Contributor, Submission
from benchside.assessment.standards import Standard
from benchside.core.actions import Actor
from benchside.core.permissions import is_system, predicate

# Filled at start-up by rooms that know who acts for whom: (actor, submission) -> may they? What
# they say may hang on the organisation, the standard and the purpose, not on the one submission.
leads: list[Callable[[Actor, Submission], bool]] = []
signers: list[Callable[[Actor, Submission, str], bool]] = []


@predicate("the person it is about")
def is_holder(actor: Actor, submission: Submission) -> bool:
    technician = submission.technician
    if actor.account is None or technician is None:
        return False
    return technician.account_id == actor.account.pk


@predicate("somebody who leads it for the organisation")
def is_lead(actor: Actor, submission: Submission) -> bool:
    return any(may(actor, submission) for may in leads)


@predicate("somebody who was asked to write a part of it")
def is_contributor(actor: Actor, submission: Submission) -> bool:
    if actor.account is None:
        return False
    return Contributor.objects.filter(submission=submission, user_id=actor.account.pk).exists()


can_lead = is_holder | is_lead | is_system
can_read_draft = can_lead | is_contributor


def may_write(actor: Actor, submission: Submission, criterion: str) -> bool:
    """Whether somebody may write for one criterion: leads all, contributors their part."""
    if can_lead(actor, submission):
        return True
    if actor.account is None:
        return False
    parts = Contributor.objects.filter(submission=submission, user_id=actor.account.pk)
    return covers(parts, submission.version.standard, criterion)


def covers(parts: Iterable[Contributor], standard: Standard, criterion: str) -> bool:
    """Whether one of these parts is, or holds, a criterion."""
    areas = [area.key for area in standard.areas if criterion in {c.key for c in area.criteria}]
    return any(
        one.criterion == criterion
        or (not one.criterion and one.area in areas)
        or not (one.criterion or one.area)
        for one in parts
    )


def may_sign(actor: Actor, submission: Submission, right: str) -> bool:
    """Whether somebody may give the signature that the standard asks of `right`."""
    if right == "holder" and is_holder(actor, submission):
        return True
    return any(may(actor, submission, right) for may in signers)


@predicate("somebody who signs it")
def is_signer(actor: Actor, submission: Submission) -> bool:
    steps = submission.version.standard.sign_offs
    return any(may_sign(actor, submission, right) for right in {one.right for one in steps})


# Whoever signs reads what they sign; what the writers say to each other is not theirs to read.
can_read = can_read_draft | is_signer
