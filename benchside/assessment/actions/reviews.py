"""Asking reviewers, judging, asking for more, and what the holder is told."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment import writing_rules as writing
from benchside.assessment.actions.going_on import complete_if_done, give_back_days
from benchside.assessment.barriers import refuse_barred, refuse_kept_off
from benchside.assessment.content import completeness, judged
from benchside.assessment.enums import CommentKind, SeatState, SubmissionState
from benchside.assessment.events import FEEDBACK_RELEASED
from benchside.assessment.interests import conflicts_of
from benchside.assessment.limits import whole
from benchside.assessment.models import (
    EvidenceRequest,
    Feedback,
    Interest,
    Judgement,
    Seat,
    Submission,
)
from benchside.assessment.models.reviews import STANDING
from benchside.assessment.panels import (
    disagreement_of,
    free_seats,
    not_blind,
    seats_in_use,
)
from benchside.assessment.reviewing import mails
from benchside.assessment.sendings import Changes
from benchside.assessment.showing.making import have_made
from benchside.assessment.signatures import freeze, refuse_unsigned
from benchside.assessment.states import SEATS, SUBMISSIONS
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move


def give_seat(
    *, actor: Actor, submission: Submission, user: User, number: int, due_on: date | None = None
) -> Seat:
    """Ask somebody to review. Afterwards, with the last seat given: the review begins.

    Raises Denied; Refused for a conflict of interest, which nobody can wave through, for whoever
    may have read a review that is in, for a seat that is taken, or a submission that is not
    waiting for reviewers.
    """
    standard = submission.version.standard
    with acting("seat.give", actor=actor, subject=submission, may=rules.can_assign) as act:
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        _refuse_conflict(user, held)
        refuse_kept_off(held, user)
        _refuse_not_blind(user, held)
        _refuse_number(held, number)
        refuse_barred(held, "assign", actor)
        due = due_on or timezone.localdate() + timedelta(days=standard.review.days)
        try:
            with transaction.atomic():
                seat = Seat.objects.create(submission=held, user=user, number=number, due_on=due)
        except IntegrityError as error:
            raise Refused(
                "This seat is taken, or they have one already.", "Choose another seat or person."
            ) from error
        act.note(seat=seat.pk, number=number, person=str(user.person_id))
        if held.state == SubmissionState.SUBMITTED and len(seats_in_use(held)) >= standard.seats_on(
            held.route
        ):
            move(table=SUBMISSIONS, subject=held, verb="assign", actor=actor)
        submission.refresh_from_db()
        mails.asked(seat)
    return seat


def _refuse_conflict(user: User, submission: Submission) -> None:
    if found := conflicts_of(user, submission):
        raise Refused(f"They may not look at this one. {found[0].label}.", "Choose somebody else.")


def _refuse_not_blind(user: User, submission: Submission) -> None:
    if not_blind(submission, [user]):
        raise Refused(
            "They may have read a review that is in: theirs would not be independent.",
            "Choose somebody who neither gives seats nor ratifies here.",
        )


def _refuse_number(submission: Submission, number: int) -> None:
    if submission.state not in {SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW}:
        raise Refused("Nobody is wanted to read it now.", "Look at what state it is in.")
    if submission.seats.filter(number=number, state__in=STANDING).exists():
        return  # somebody has it: the database says so, also to two at once
    if number not in free_seats(submission):
        raise Refused("There is no such seat to give.", "Give one of those that are free.")


def accept_seat(*, actor: Actor, seat: Seat, no_conflict: bool) -> None:
    """Say yes, and that one has no interest in it. Raises Denied, Overtaken; Refused without
    that word, or when a conflict has come up since they were asked."""
    if not no_conflict:
        raise Refused(
            "Say first that you have no interest in it.", "If you have one, say no instead."
        )
    _refuse_conflict(seat.user, seat.submission)
    move(
        table=SEATS,
        subject=seat,
        verb="accept",
        actor=actor,
        columns={"no_conflict_at": timezone.now()},
    )


def decline_seat(*, actor: Actor, seat: Seat, interest: str = "") -> None:
    """Say no; an interest that is named keeps them from being asked again. Raises Denied.
    Afterwards: it is reviewed, where the others are in and agree; else officers are told."""
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=seat.submission_id)
        move(table=SEATS, subject=seat, verb="decline", actor=actor)
        if interest.strip():
            Interest.objects.create(
                user=seat.user,
                submission=seat.submission,
                what=whole(interest, 300, "The interest"),
            )
        if not complete_if_done(held):
            mails.waits(held, "needs-seat")


def save_judgement(
    *,
    actor: Actor,
    seat: Seat,
    criterion: str,
    grade: str = "",
    reason: str = "",
    private: str = "",
) -> Judgement:
    """Write what one thinks of a criterion; kept as it is typed. Raises Denied, Refused."""
    with acting("judgement.save", actor=actor, subject=seat, may=rules.sits_here):
        held = Seat.objects.select_for_update().get(pk=seat.pk)
        if held.state != SeatState.ACCEPTED:
            raise Refused(
                "This seat is not open for writing.",
                "Say yes to it first." if held.state == SeatState.INVITED else "It is done.",
            )
        standard = held.submission.version.standard
        if grade and grade not in {one.key for one in standard.review.grades}:
            raise Refused("There is no such judgement.", "Choose one of those offered.")
        if criterion not in {one.key for one in judged(held.submission)}:
            raise Refused("There is no such question here.", "Reload the page.")
        made, _ = Judgement.objects.update_or_create(
            seat=held,
            criterion=criterion,
            defaults={
                "grade": grade,
                "reason": whole(reason, 4000, "The reason"),
                "private": whole(private, 4000, "The note for the panel"),
                "changed_at": timezone.now(),
            },
        )
    return made


def submit_review(*, actor: Actor, seat: Seat, summary: str = "") -> None:
    """Hand a review in. Afterwards, when all are in and nothing is disputed: it is reviewed.

    Raises Denied, Overtaken; Refused while more is asked for, while a judgement or its reason is
    missing or was made on earlier words, and for a conflict that came up meanwhile.
    """
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=seat.submission_id)
        _refuse_conflict(seat.user, submission)
        _refuse_unfinished(seat, submission)
        move(
            table=SEATS,
            subject=seat,
            verb="submit",
            actor=actor,
            columns={"summary": whole(summary, 4000, "The summary")},
        )
        if not complete_if_done(submission) and disagreement_of(submission):
            mails.waits(submission, "needs-seat")


def _refuse_unfinished(seat: Seat, submission: Submission) -> None:
    if submission.state == SubmissionState.MORE_ASKED:
        raise Refused(
            "More is asked for, and has not come yet.", "Hand it in once you have read it."
        )
    grades = {one.key: one for one in submission.version.standard.review.grades}
    if not grades:
        return
    said = {one.criterion: one for one in Judgement.objects.filter(seat=seat)}
    outdated = Changes(submission).outdated(said.values())
    for criterion in judged(submission):
        one = said.get(criterion.key)
        if one is None or not one.grade:
            raise Refused(f"{criterion.title}: not judged yet.", "Judge it, then hand it in.")
        if grades[one.grade].needs_reason and not one.reason.strip():
            raise Refused(
                f"{criterion.title}: “{grades[one.grade].title}” needs a reason.",
                "Write it, then hand it in.",
            )
        if one.pk in outdated:
            raise Refused(
                f"{criterion.title}: the words changed after you judged it.",
                "Read what came, and confirm your judgement or change it.",
            )


def ask_for_more(
    *, actor: Actor, seat: Seat, text: str, due_on: date, criteria: Sequence[str] = ()
) -> EvidenceRequest:
    """Ask the holder for further evidence, as often as the standard allows; `criteria` are those
    it is about, by key. Raises Denied, Refused."""
    with transaction.atomic():
        submission = Submission.objects.select_for_update().get(pk=seat.submission_id)
        most = submission.version.standard.review.evidence_rounds
        if not rules.sits_here(actor, seat) or seat.state != SeatState.ACCEPTED:
            raise Refused("Only a reviewer who is reading it can ask.", "Say yes to it first.")
        if submission.evidence_rounds >= most:
            raise Refused(
                f"More has been asked for {most} time{'s' if most != 1 else ''} already.",
                "Judge it by what is there.",
            )
        if set(criteria) - {one.key for one in submission.version.standard.criteria}:
            raise Refused("There is no such question here.", "Reload the page.")
        submission.evidence_rounds += 1
        submission.save(update_fields=["evidence_rounds"])
        made = EvidenceRequest.objects.create(
            submission=submission,
            round=submission.evidence_rounds,
            seat=seat,
            text=whole(text, 2000, "The question"),
            criteria=list(criteria),
            due_on=due_on,
        )
        move(
            table=SUBMISSIONS,
            subject=submission,
            verb="ask-for-more",
            actor=SYSTEM,
            detail={"request": made.pk},
        )
        mails.more_asked(made)
    return made


def answer_request(*, actor: Actor, submission: Submission) -> None:
    """Say that what was asked for is there; the reviewers read on, what stands now. Raises
    Denied; Refused when nothing is asked for, an answer lacks something or is longer than it may
    be, or what changed since it was signed is not signed again."""
    with transaction.atomic():
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if held.state != SubmissionState.MORE_ASKED:
            raise Refused("Nothing is asked for now.", "Reload the page.")
        if gaps := completeness(held).to_mend:
            raise Refused(f"{gaps[0].title}: {gaps[0].lacks}.", "Mend it, then send it.")
        refuse_unsigned(held)
        frozen = freeze(held)
        have_made(frozen, owner=actor.person_id)
        move(
            table=SUBMISSIONS,
            subject=submission,
            verb="answer",
            actor=actor,
            detail={"digest": frozen.digest},
        )
        give_back_days(held)
        held.requests.open().update(answered_at=timezone.now())
        mails.more_came(submission)
        complete_if_done(submission)


def add_feedback(
    *,
    actor: Actor,
    seat: Seat,
    kind: CommentKind,
    text: str,
    area: str = "",
    criterion: str = "",
) -> Feedback:
    """Commend or recommend something; the holder reads it once it is released."""
    with acting("feedback.add", actor=actor, subject=seat, may=rules.sits_here):
        if seat.state != SeatState.ACCEPTED:
            raise Refused("This seat is not open for writing.", "It is done, or not begun.")
        return Feedback.objects.create(
            submission=seat.submission,
            seat=seat,
            kind=kind,
            area=area,
            criterion=criterion,
            text=whole(text, 2000, "The feedback"),
        )


def drop_feedback(*, actor: Actor, feedback: Feedback) -> None:
    """Take out what one said oneself, before the review is handed in. Raises Denied, Refused."""
    seat = feedback.seat
    if seat is None or seat.state != SeatState.ACCEPTED:
        raise Refused("This review is handed in.", "Ask an officer to open it again.")
    with acting("feedback.drop", actor=actor, subject=seat, may=rules.sits_here) as act:
        act.note(feedback=feedback.pk)
        Feedback.objects.filter(pk=feedback.pk).delete()


def reword_feedback(*, actor: Actor, feedback: Feedback, text: str) -> None:
    """Word it for the holder; what the reviewer wrote is kept beside it. Raises Denied; Refused
    without words, or once it is released."""
    if not text.strip():
        raise Refused("There is nothing in it.", "Write it, or leave it as it was.")
    with acting("feedback.reword", actor=actor, subject=feedback, may=rules.can_assign) as act:
        held = Feedback.objects.select_for_update().get(pk=feedback.pk)
        if held.released_at is not None:
            raise Refused("This is released: the holder has read it.", "Write to them instead.")
        act.note(feedback=_reworded(held, text).pk)
    feedback.refresh_from_db()


def _reworded(feedback: Feedback, text: str) -> Feedback:
    """With other words; the first ones are kept, once, however often it is changed."""
    wording = whole(text, 2000, "The feedback")
    if wording and wording != feedback.text:
        feedback.original = feedback.original or feedback.text
        feedback.text = wording
        feedback.save(update_fields=["text", "original"])
    return feedback


def release_feedback(
    *, actor: Actor, submission: Submission, wording: Mapping[int, str] | None = None
) -> int:
    """Let the holder read the feedback, as the officer has worded it. Returns how many.

    Afterwards: the holder is told by e-mail, and rooms that listen are told. Raises Denied; Refused
    before the reviews are in, when everything is released already, and where there is nothing to
    read; but where a standard decides nothing, it is the word that all is read.
    """
    with acting("feedback.release", actor=actor, subject=submission, may=rules.can_assign) as act:
        held = Submission.objects.select_for_update().get(pk=submission.pk)
        if held.state not in RELEASABLE:
            raise Refused("The reviews are not all in.", "Wait until it is reviewed.")
        waiting = Feedback.objects.filter(submission=held, released_at__isnull=True)
        found = [_reworded(one, (wording or {}).get(one.pk, one.text)) for one in waiting]
        if held.released_at is not None and not found:
            raise Refused("It is released already.", "Reload the page.")
        if not found and held.version.standard.decides:
            raise Refused("There is nothing to release.", "They read the reasons of the decision.")
        held.released_at = submission.released_at = timezone.now()
        waiting.update(released_at=held.released_at)
        held.save(update_fields=["released_at"])
        act.note(count=len(found))
        _tell_of_release(held, {one.kind for one in found})
    return len(found)


# Where the reviews are all in, whatever was decided since.
RELEASABLE = (
    SubmissionState.REVIEWED, SubmissionState.RECOMMENDED, SubmissionState.APPROVED,
    SubmissionState.DECLINED, SubmissionState.APPEALED,
)  # fmt: skip


def _tell_of_release(submission: Submission, kinds: set[str]) -> None:
    publish(
        FEEDBACK_RELEASED.key,
        submission=submission.key,
        standard=submission.version.key,
        purpose=submission.purpose,
        organisation_id=submission.organisation_id,
    )
    mails.released(submission, kinds)


def respond_to_feedback(*, actor: Actor, feedback: Feedback, text: str) -> None:
    """Say what will be done about it. Raises Denied; Refused before it is released."""
    may = writing.can_lead
    with acting("feedback.respond", actor=actor, subject=feedback.submission, may=may) as act:
        if feedback.released_at is None:
            raise Refused("This is not released yet.", "Wait for the letter.")
        feedback.response = whole(text, 2000, "The response")
        feedback.responded_at = timezone.now()
        feedback.responded_by = actor.person_id
        feedback.save(update_fields=["response", "responded_at", "responded_by"])
        act.note(feedback=feedback.pk)
