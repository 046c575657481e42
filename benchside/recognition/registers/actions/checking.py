"""What a registrar does with an application before and while it is assessed: the check, the
interview. Sending it back, seats and the recommendation are the engine's."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment.actions.decisions import SOMEBODY_ELSE
from benchside.assessment.enums import SubmissionState
from benchside.assessment.interests import conflicts_of
from benchside.assessment.limits import whole
from benchside.assessment.models import Submission
from benchside.assessment.models.submissions import CLOSED
from benchside.core.actions import Actor, Refused, acting
from benchside.recognition.enums import FeeKind, InterviewOutcome
from benchside.recognition.models import Interview, RegisterApplication
from benchside.recognition.registers import mails, queries, rules
from benchside.recognition.registers.actions.owing import owe

TALKED = (SubmissionState.IN_REVIEW, SubmissionState.MORE_ASKED, SubmissionState.REVIEWED)


def take_in(*, application: RegisterApplication) -> None:
    """After it was sent in: its fee is written down, and a letter says that it arrived; of what was
    sent back and sent in again, another. Called by the house; twice is once."""
    owe(application=application, kind=FeeKind.APPLICATION)
    with transaction.atomic():
        found = RegisterApplication.objects.select_for_update(of=("self",))
        held = found.select_related("register", "body", "submission__version").get(
            pk=application.pk
        )
        if held.submission.state != SubmissionState.SUBMITTED or held.is_acknowledged:
            return
        held.acknowledged_at = timezone.now()
        held.save(update_fields=["acknowledged_at"])
        mails.arrived(held)


def check_application(*, actor: Actor, application: RegisterApplication) -> None:
    """Say that all is there and seats may be given. Sent back and sent in again, it is checked
    again. Raises Denied; Refused when it does not wait for that."""
    with acting("register.check", actor=actor, subject=application, may=rules.can_check):
        held = RegisterApplication.objects.select_for_update().get(pk=application.pk)
        if held.submission.state != SubmissionState.SUBMITTED:
            raise Refused("This does not wait to be checked.", "Reload the page.")
        if held.is_checked:
            raise Refused("This is checked already.", "Give the seats.")
        held.checked_at, held.checked_by = timezone.now(), actor.person_id
        held.save(update_fields=["checked_at", "checked_by"])
    application.checked_at, application.checked_by = held.checked_at, held.checked_by


def ask_adjustments(*, actor: Actor, application: RegisterApplication, words: str) -> None:
    """Say, as the applicant, what would make the interview fair. Empty words take it back.

    Raises Denied; Refused where there is none, or it is over.
    """
    said = whole(words, 500, "What you wrote")
    with acting("interview.ask", actor=actor, subject=application, may=rules.applies):
        held = _interview(application)
        held.adjustments = said
        held.save(update_fields=["adjustments"])


def arrange_interview(
    *, actor: Actor, application: RegisterApplication, held_at: datetime, place: str
) -> Interview:
    """Say when and where it is held; said again, it is moved, also where it did not take place. Its
    fee, where there is one, is written down once. Afterwards: the applicant gets a letter. Raises
    Denied, Refused."""
    where = whole(place, 200, "The place")
    with acting("interview.arrange", actor=actor, subject=application, may=rules.can_check) as act:
        if application.submission.state not in TALKED:
            raise Refused("Interviews are held while it is assessed.", "Give the seats first.")
        if held_at <= timezone.now():
            raise Refused("That moment is over.", "Give a day and an hour to come.")
        if not where:
            raise Refused("The place is missing.", "Give an address or a link.")
        held = _interview(application)
        is_moved = held.held_at is not None
        held.held_at, held.place = held_at, where
        held.save(update_fields=["held_at", "place"])
        owe(application=application, kind=FeeKind.INTERVIEW)
        act.note(held_at=held_at.isoformat())
        mails.interview(application, held, is_moved=is_moved)
    return held


def record_interview(
    *, actor: Actor, application: RegisterApplication, outcome: InterviewOutcome, notes: str
) -> None:
    """Write down what came of it; what would have made it fair is needed no more, and forgotten.
    Raises Denied; Refused before it was held, twice, without notes, with an interest in it, and for
    whoever wrote down the one that was set aside."""
    said = whole(notes, 4000, "The notes")
    with acting("interview.record", actor=actor, subject=application, may=rules.can_check) as act:
        if why := why_not_record(actor=actor, application=application):
            raise Refused(why, SOMEBODY_ELSE)
        held = _interview(application)
        if held.held_at is None or held.held_at > timezone.now():
            raise Refused("It has not been held yet.", "Arrange it, and come back after it.")
        if not said:
            raise Refused("The notes are missing.", "Write what was asked and what was said.")
        held.outcome, held.notes, held.adjustments = outcome, said, ""
        held.recorded_at, held.recorded_by = timezone.now(), actor.person_id
        held.save()
        act.note(outcome=str(outcome))


def why_not_record(*, actor: Actor, application: RegisterApplication) -> str:
    """Why somebody with the duty may not write the interview down; empty where they may. It decides
    as much as a review does, so the same stands in the way."""
    user, submission = actor.account, application.submission
    if not isinstance(user, User):
        return ""
    if found := conflicts_of(user, submission):
        return f"You may not write this interview down. {found[0].label}."
    before = Interview.objects.filter(submission=submission, set_aside_at__isnull=False)
    if before.filter(recorded_by=user.person_id).exists():
        return "You wrote down the interview that was set aside on appeal."
    return ""


def set_aside_interview(submission: Submission) -> None:
    """With a decision that is overturned on appeal: it is kept and counts no more."""
    held = Interview.objects.filter(submission=submission, set_aside_at__isnull=True)
    held.exclude(outcome="").update(set_aside_at=timezone.now())


def forget_adjustments() -> None:
    """Where an application is over there is no talk to come: what would have made it fair, often
    somebody's health, is blanked. Called by the clock."""
    Interview.objects.filter(submission__state__in=CLOSED).update(adjustments="")


def _interview(application: RegisterApplication) -> Interview:
    """The one of this application that counts, locked. Raises Refused where its route has none, or
    it is written down."""
    route = queries.route_of(application)
    if route is None or not route.interview:
        raise Refused("There is no interview on this route.", "Nothing needs to be done.")
    counts: dict[str, Any] = {"submission": application.submission, "set_aside_at": None}
    Interview.objects.get_or_create(**counts)
    held = Interview.objects.select_for_update().get(**counts)
    if held.outcome:
        raise Refused("The interview is written down already.", "Reload the page to read it.")
    return held
