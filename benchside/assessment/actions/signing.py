"""Freezing what is there, putting names to it in order, and sending it in."""

from collections.abc import Collection

from django.conf import settings
from django.db import transaction
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment import writing_rules as rules
from benchside.assessment.advising import concerns_of
from benchside.assessment.barriers import refuse_barred
from benchside.assessment.content import completeness
from benchside.assessment.enums import SubmissionState
from benchside.assessment.limits import whole
from benchside.assessment.models import FrozenVersion, SignOff, Submission
from benchside.assessment.showing import people
from benchside.assessment.showing.making import have_made
from benchside.assessment.showing.readers import can_see_side
from benchside.assessment.signatures import (
    freeze,
    lapse_signatures,
    next_step,
    refuse_unsigned,
)
from benchside.assessment.states import SUBMISSIONS
from benchside.core import mail
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.states import move


def sign(
    *,
    actor: Actor,
    submission: Submission,
    step: str,
    signed_as: str,
    faced: Collection[str] = (),
    seen: str = "",
) -> SignOff:
    """Put a name to what stands now. Any later edit makes the signature lapse.

    `faced` are the concerns that the signer has read and ticked, word for word; `seen` is the
    digest of what was on their screen. Afterwards: a PDF and a Word file of it are made.

    Raises Denied; Refused when it is not this signature's turn, something is missing, a concern
    was not ticked, the words changed since they were read, or no name was typed.
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
            _refuse_unread(frozen, seen)
            concerns = _faced(held, faced)
            lapse_signatures(held, but=frozen.digest)
            made = SignOff.objects.create(
                submission=held,
                frozen=frozen,
                step=step,
                signed_by=actor.person_id,
                signed_as=whole(signed_as, 120, "The name"),
                faced=concerns,
            )
            have_made(frozen, owner=actor.person_id)
            act.note(step=step, digest=frozen.digest, concerns=len(concerns))
    return made


def _refuse_unready(submission: Submission, signed_as: str) -> None:
    if not submission.is_open:
        raise Refused("This was sent in already.", "Nothing can be signed any more.")
    if not signed_as.strip():
        raise Refused("The name is missing.", "Type your name to sign.")
    if gaps := completeness(submission).gaps:
        named = "; ".join(f"{gap.title}: {gap.lacks}" for gap in gaps[:5])
        raise Refused(f"Something is missing. {named}.", "Complete it, then sign.")


def _refuse_unread(frozen: FrozenVersion, seen: str) -> None:
    if seen and seen != frozen.digest:
        raise Refused(
            "Somebody changed something since you opened this page.",
            "Read it again below, then sign.",
        )


def _faced(submission: Submission, faced: Collection[str]) -> list[str]:
    """The concerns there are, all of them ticked."""
    concerns = concerns_of(submission)
    ticked = set(faced)
    if left := [one for one in concerns if one not in ticked]:
        raise Refused(
            f"{len(left)} of {len(concerns)} point{'s are' if len(concerns) > 1 else ' is'} not "
            "ticked.",
            "Read each and tick it to sign in spite of it, or have it mended first.",
        )
    return concerns


def ask_signer(*, actor: Actor, submission: Submission, step: str, user: User) -> None:
    """Ask somebody who may give the next signature to give it. Afterwards: they get a mail.

    Raises Denied; Refused when it is not this signature's turn, or they may not give it.
    """
    with acting("signature.ask", actor=actor, subject=submission, may=can_see_side) as act:
        due = next_step(submission)
        if due is None or due.key != step or not submission.is_open:
            raise Refused("This signature is not due now.", "Look at whose turn it is.")
        if user not in people.signers_of(submission, due.right):
            raise Refused("They may not give this signature.", "Choose somebody of the list.")
        address = reverse("assessment:sign", args=[submission.key, step])
        asked_by = actor.account.name if isinstance(actor.account, User) else ""
        mail.send(
            "assessment/sign_please",
            user.email,
            {
                "name": user.name,
                "asked_by": asked_by,
                "standard": submission.version.title,
                "holder": people.name_of_holder(submission),
                "what": submission.version.standard.words.submission,
                "step": due.title,
                "link": f"{settings.BASE_URL}{address}",
            },
        )
        act.note(step=step, person=str(user.person_id))


def submit(*, actor: Actor, submission: Submission) -> FrozenVersion:
    """Send in what is signed, or what is complete where the standard asks for no signature.

    Raises Denied, NoSuchMove; Refused when something is missing, a signature lapsed, or something
    stands before it.
    """
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if not rules.can_lead(actor, held):
            raise Denied("submission.submit")
        if held.state not in {SubmissionState.DRAFT, SubmissionState.RETURNED}:
            raise Refused("This was sent in already.", "You get a letter when there is news.")
        if gaps := completeness(held).gaps:
            raise Refused(f"{gaps[0].title}: {gaps[0].lacks}.", "Complete it, then send it in.")
        refuse_unsigned(held)
        refuse_barred(held, "submit", actor)
        frozen = freeze(held)
        have_made(frozen, owner=actor.person_id)
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
    """Take it back before it is decided; it stays on record as withdrawn. Raises Denied; Refused
    once it is decided, or gone."""
    if "withdraw" not in {row.verb for row in SUBMISSIONS.rows if row.source == submission.state}:
        raise Refused("This cannot be withdrawn now.", "Open it again to see where it is.")
    move(table=SUBMISSIONS, subject=submission, verb="withdraw", actor=actor)
