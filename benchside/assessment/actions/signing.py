"""Freezing what is there, putting names to it in order, and sending it in."""

from django.db import transaction
from django.utils import timezone

from benchside.assessment import writing_rules as rules
from benchside.assessment.content import completeness
from benchside.assessment.limits import whole
from benchside.assessment.models import FrozenVersion, SignOff, Submission
from benchside.assessment.signatures import freeze, next_step
from benchside.assessment.states import SUBMISSIONS
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.states import move


def sign(*, actor: Actor, submission: Submission, step: str, signed_as: str) -> SignOff:
    """Put a name to what stands now. Any later edit makes the signature lapse.

    Raises Denied; Refused when it is not this signature's turn, something is missing, or no name
    was typed.
    """
    if actor.person_id is None:
        raise Denied("submission.sign")
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        due = next_step(held)
        if due is None or due.key != step:
            raise Refused(
                "It is not time for this signature.",
                f"Next to sign: {due.title}." if due else "All signatures are there.",
            )
        with acting(
            "submission.sign",
            actor=actor,
            subject=held,
            may=lambda who, what: rules.may_sign(who, what, due.right),
        ) as act:
            _refuse_unready(held, signed_as)
            frozen = freeze(held)
            held.sign_offs.filter(step=step, lapsed_at__isnull=True).update(
                lapsed_at=timezone.now()
            )
            made = SignOff.objects.create(
                submission=held,
                frozen=frozen,
                step=step,
                signed_by=actor.person_id,
                signed_as=whole(signed_as, 120, "The name"),
            )
            act.note(step=step, digest=frozen.digest)
    return made


def _refuse_unready(submission: Submission, signed_as: str) -> None:
    if not submission.is_open:
        raise Refused("This was sent in already.", "Nothing can be signed any more.")
    if not signed_as.strip():
        raise Refused("The name is missing.", "Type your name to sign.")
    if gaps := completeness(submission).gaps:
        named = "; ".join(f"{gap.title}: {gap.lacks}" for gap in gaps[:5])
        raise Refused(f"Something is missing. {named}.", "Complete it, then sign.")


def submit(*, actor: Actor, submission: Submission) -> FrozenVersion:
    """Send in what is signed, or what is complete where the standard asks for no signature.

    Raises Denied, NoSuchMove; Refused when something is missing or a signature lapsed.
    """
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if gaps := completeness(held).gaps:
            raise Refused(f"{gaps[0].title}: {gaps[0].lacks}.", "Complete it, then send it in.")
        if due := next_step(held):
            raise Refused(f"{due.title} has not signed what it says now.", "Ask them to sign.")
        frozen = freeze(held)
        move(
            table=SUBMISSIONS,
            subject=held,
            verb="submit",
            actor=actor,
            detail={"digest": frozen.digest},
        )
        submission.refresh_from_db()
    return frozen


def withdraw_submission(*, actor: Actor, submission: Submission) -> None:
    """Take it back before it is decided; it stays on record as withdrawn. Raises Denied."""
    move(table=SUBMISSIONS, subject=submission, verb="withdraw", actor=actor)
