"""Who may, with nominations: anybody signed in nominates; officers of the standard run a round."""

from typing import Any

from benchside.accounts.models import User
from benchside.accounts.queries import verified_addresses
from benchside.assessment.models import Submission
from benchside.assessment.rules import standards_of
from benchside.core.actions import Actor
from benchside.core.permissions import is_signed_in, is_superuser, is_system, predicate
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations.links import holds_this_link

NOMINATOR = "nominator"  # what a standard's file calls the right to sign a nomination
can_nominate = is_signed_in


@predicate("whoever runs the round")
def _runs(actor: Actor, subject: Any) -> bool:
    one = subject.round if isinstance(subject, Nomination) else subject
    return isinstance(one, NominationRound) and one.standard in standards_of(actor)


@predicate("whoever nominated")
def is_nominator(actor: Actor, nomination: Nomination) -> bool:
    return actor.account is not None and nomination.nominator_id == actor.account.pk


@predicate("the nominee")
def is_nominee(actor: Actor, nomination: Nomination) -> bool:
    technician = nomination.technician
    if actor.account is None or technician is None:
        return False
    return technician.account_id == actor.account.pk


@predicate("whoever has the address the letter went to")
def is_written_to(actor: Actor, nomination: Nomination) -> bool:
    """By a proven address: what somebody only says they have tells them nothing."""
    account = actor.account
    return isinstance(account, User) and nomination.email.lower() in verified_addresses(account)


@predicate("another than the nominee or whoever nominated")
def _is_outside(actor: Actor, subject: Any) -> bool:
    """Of a round as a whole everybody is."""
    if not isinstance(subject, Nomination):
        return True
    return not is_of(actor, subject)


def is_of(actor: Actor, nomination: Nomination) -> bool:
    """Whether somebody is one of the two people of a nomination."""
    return is_nominator(actor, nomination) or is_nominee(actor, nomination)


can_run = (_runs | is_superuser) & _is_outside
can_answer = holds_this_link | is_written_to
can_take_back = is_nominator | is_nominee | holds_this_link
by_the_clock = is_system


def may_lead(actor: Actor, submission: Submission) -> bool:
    """For the engine: the nominator writes and sends in."""
    if actor.account is None or submission.pk is None:
        return False
    return Nomination.objects.filter(submission=submission, nominator_id=actor.account.pk).exists()


def may_sign(actor: Actor, submission: Submission, right: str) -> bool:
    """For the engine: the nominator signs."""
    return right == NOMINATOR and may_lead(actor, submission)
