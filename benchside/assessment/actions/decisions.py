"""Recommending and ratifying, by different people; appeals, heard by others again."""

from datetime import date, timedelta

from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment.actions.awards import Given, grant_award
from benchside.assessment.actions.renewals import renew_award
from benchside.assessment.afresh import afresh
from benchside.assessment.awarding import mails
from benchside.assessment.barriers import refuse_barred
from benchside.assessment.enums import AppealState, ChallengeState, DecisionOutcome, SeatState
from benchside.assessment.interests import conflicts_of
from benchside.assessment.limits import whole
from benchside.assessment.models import (
    Appeal,
    Award,
    Challenge,
    Decision,
    Renewal,
    Seat,
    Submission,
)
from benchside.assessment.panels import seats_in_use
from benchside.assessment.reviewing import mails as letters
from benchside.assessment.seats import Conflict
from benchside.assessment.states import SEATS, SUBMISSIONS
from benchside.core.actions import SYSTEM, Actor, Denied, Refused, acting
from benchside.core.permissions import Predicate, anybody
from benchside.core.states import move


def recommend_decision(
    *,
    actor: Actor,
    submission: Submission,
    outcome: DecisionOutcome,
    reasons: str,
    level: str = "",
    conditions: str = "",
    conditions_by: date | None = None,
    minute: str = "",
) -> Decision:
    """Say what should be decided, and why. Raises Denied; Refused with a conflict, without reasons,
    and for conditions whose day has come already."""
    if not reasons.strip():
        raise Refused("The reasons are missing.", "Write them: the holder reads them.")
    if outcome == DecisionOutcome.CONDITIONS and not conditions.strip():
        raise Refused("The conditions are missing.", "Write what is to be done, and by when.")
    if conditions_by is not None and conditions_by <= timezone.localdate():
        raise Refused("The day to meet the conditions has come.", "Give one from tomorrow on.")
    user = _somebody(actor, "submission.recommend", rules.can_assign, submission)
    with transaction.atomic():
        if why := conflicts_of(user, submission):
            raise Refused(f"You may not decide about this one. {why[0].label}.", SOMEBODY_ELSE)
        _refuse_reviewer(user, submission, "recommend it")
        refuse_barred(submission, "recommend", actor)
        move(table=SUBMISSIONS, subject=submission, verb="recommend", actor=actor)
        return Decision.objects.create(
            submission=submission,
            outcome=outcome,
            level=level or submission.level,
            reasons=whole(reasons, 6000, "The reasons"),
            conditions=whole(conditions, 4000, "The conditions"),
            conditions_by=conditions_by,
            minute=whole(minute, 60, "The minute’s number"),
            recommended_by=user.person_id,
        )


def _somebody(actor: Actor, verb: str, may: Predicate, subject: models.Model) -> User:
    """The account of whoever acts, who may: a decision has a person behind it. Raises Denied."""
    if not isinstance(actor.account, User) or not may(actor, subject):
        raise Denied(verb)
    return actor.account


SOMEBODY_ELSE = (
    "Ask somebody else who has this duty. If nobody has, an administrator gives it, under Duties."
)


def _refuse_interest(user: User, submission: Submission) -> None:
    """A hand in what was overturned has words of its own, in `_refuse_hand`: whoever upheld the
    appeal may ratify what came of it."""
    found = [one for one in conflicts_of(user, submission) if one != Conflict.HAND]
    if found:
        raise Refused(f"You may not decide about this one. {found[0].label}.", SOMEBODY_ELSE)


def _refuse_reviewer(user: User, submission: Submission, verb: str) -> None:
    """Whoever read it as a reviewer, or still may. Who was asked and said no has read nothing."""
    over = Q(state__in=(SeatState.DECLINED, SeatState.STOOD_DOWN), accepted_at__isnull=True)
    if submission.seats.filter(user=user).exclude(over).exists():
        raise Refused(f"You reviewed this, so you cannot {verb}.", SOMEBODY_ELSE)


def _held(decision: Decision) -> Decision:
    """The decision that somebody read, under lock. Raises Refused once it stands no more: another
    may stand in its place, which they have not read."""
    held = Decision.objects.select_for_update().get(pk=decision.pk)
    if held.overturned_at is not None:
        raise Refused("It has changed since you read it.", "Read it again.")
    return held


def ratify_decision(*, actor: Actor, decision: Decision) -> Award | None:
    """Make it so; with a yes the award is granted, where the standard gives one on approval.

    Raises Denied; Refused for whoever recommended it, sat on it, or has an interest in it, and
    where it stands no more.
    """
    submission = decision.submission
    user = _somebody(actor, "decision.ratify", rules.can_ratify, submission)
    with transaction.atomic():
        held = _held(decision)
        if held.ratified_at is not None:
            raise Refused("This is ratified already.", "Open it again to see by whom.")
        _refuse_decider(actor, held, "ratify")
        declined = held.outcome == DecisionOutcome.DECLINE
        verb = "decline" if declined else "approve"
        move(table=SUBMISSIONS, subject=submission, verb=verb, actor=actor)
        held.ratified_at = decision.ratified_at = timezone.now()
        held.ratified_by = decision.ratified_by = user.person_id
        held.save(update_fields=["ratified_at", "ratified_by"])
        rules_of_award = submission.version.standard.award
        if declined or rules_of_award is None or rules_of_award.granted == "on-admission":
            return None
        return _award(held)


def why_not(*, actor: Actor, decision: Decision, verb: str) -> str:
    """Why somebody with the duty may not "ratify", "send-back" or "hear" the appeal against this
    one, in words for them; empty where they may."""
    try:
        _refuse_decider(actor, decision, verb)
    except Refused as refused:
        return str(refused)
    return ""


def _refuse_decider(actor: Actor, decision: Decision, verb: str) -> None:
    user = actor.account
    assert isinstance(user, User)
    _refuse_hand(user, decision)
    refuse_barred(decision.submission, verb, actor)
    if verb == "hear" and decision.ratified_by == user.person_id:
        raise Refused("You ratified this, so you cannot hear the appeal.", SOMEBODY_ELSE)


def _refuse_hand(user: User, decision: Decision) -> None:
    _refuse_interest(user, decision.submission)
    if decision.recommended_by == user.person_id:
        raise Refused("You recommended this, so you cannot ratify it.", SOMEBODY_ELSE)
    _refuse_reviewer(user, decision.submission, "ratify it")
    others = decision.submission.decisions.exclude(pk=decision.pk)
    gone = others.filter(overturned_at__isnull=False, ratified_at__isnull=False)
    if gone.filter(Q(ratified_by=user.person_id) | Q(recommended_by=user.person_id)).exists():
        raise Refused(
            "You decided what was overturned on appeal, so you cannot ratify this.", SOMEBODY_ELSE
        )


def _award(decision: Decision) -> Award:
    """The award renewed, where that is what it was for; else a new one."""
    submission = decision.submission
    renewal = Renewal.objects.filter(submission=submission).select_related("award").first()
    if renewal is not None and renew_award(
        actor=SYSTEM, award=renewal.award, submission=submission, level=decision.level
    ):
        return renewal.award
    given = Given(
        organisation=submission.organisation,
        technician=submission.technician,
        level=decision.level,
        starts_on=timezone.localdate(),
        submission=submission,
    )
    return grant_award(actor=SYSTEM, version=submission.version, given=given)


def meet_conditions(*, actor: Actor, decision: Decision) -> None:
    """Say that what a decision asked for was done. Raises Denied; Refused before it is ratified,
    or where there is nothing left to be met."""
    may = rules.can_assign
    with acting("decision.meet_conditions", actor=actor, subject=decision, may=may):
        held = _with_conditions(decision)
        held.conditions_met_at = decision.conditions_met_at = timezone.now()
        held.save(update_fields=["conditions_met_at"])


def miss_conditions(*, actor: Actor, decision: Decision) -> None:
    """Say that it was not done; what follows from that, the thin room says. Raises as above."""
    may = rules.can_assign
    with acting("decision.miss_conditions", actor=actor, subject=decision, may=may):
        held = _with_conditions(decision)
        held.conditions_unmet_at = decision.conditions_unmet_at = timezone.now()
        held.save(update_fields=["conditions_unmet_at"])


def _with_conditions(decision: Decision) -> Decision:
    """The same, under lock. Raises Refused where nothing is left to be said of its conditions."""
    held = _held(decision)
    if held.outcome != DecisionOutcome.CONDITIONS or held.ratified_at is None:
        raise Refused("There is nothing to be met.", "Look at the decision again.")
    if held.conditions_met_at is not None:
        raise Refused("They were met already.", "Reload the page.")
    if held.conditions_unmet_at is not None:
        raise Refused("They were not met: this has ended.", "Reload the page.")
    return held


def send_back(*, actor: Actor, decision: Decision, why: str) -> None:
    """Do not ratify it: it is recommended anew. Raises Denied, NoSuchMove; Refused without why,
    for whoever could not have ratified it: a hand in it, an interest, another body; and where it
    stands no more."""
    if not why.strip():
        raise Refused("You have not said why.", "Write it: whoever recommended reads it.")
    _somebody(actor, "submission.send-back", rules.can_ratify, decision.submission)
    with transaction.atomic():
        held = _held(decision)
        _refuse_decider(actor, held, "send-back")
        move(
            table=SUBMISSIONS,
            subject=decision.submission,
            verb="send-back",
            actor=actor,
            detail={"decision": decision.pk},
        )
        held.overturned_at = timezone.now()
        said = whole(why, 2000, "What you wrote")
        held.reasons = f"{held.reasons}\n\nSent back: {said}"
        held.save(update_fields=["overturned_at", "reasons"])


def appeal_decision(*, actor: Actor, decision: Decision, grounds: str) -> Appeal:
    """Appeal against a no, within the standard's days. Raises Denied, NoSuchMove, Refused."""
    days = decision.submission.version.standard.decision.appeal_days
    if not days:
        raise Refused("There is no appeal against this.", "Write to whoever decided it.")
    last = timezone.localdate(decision.ratified_at) + timedelta(days=days)
    if timezone.localdate() > last:
        raise Refused(f"The last day to appeal was {last:%-d %B %Y}.", "Apply again instead.")
    if not grounds.strip():
        raise Refused("The grounds are missing.", "Write what went wrong.")
    if decision.appeals.exists():
        raise Refused("This was appealed against already.", "Read the answer to that appeal.")
    said = whole(grounds, 6000, "What you wrote")
    with transaction.atomic():
        move(table=SUBMISSIONS, subject=decision.submission, verb="appeal", actor=actor)
        return Appeal.objects.create(decision=decision, grounds=said, made_by=actor.person_id)


def decide_appeal(*, actor: Actor, appeal: Appeal, uphold: bool, answer: str) -> None:
    """Uphold it, and a new panel looks; or dismiss it. By nobody who had a hand in the decision.

    Raises Denied, NoSuchMove; Refused for whoever decided or reviewed, or has an interest, and
    where it is answered already.
    """
    user = _somebody(actor, "appeal.decide", rules.can_ratify, appeal)
    if not answer.strip():
        raise Refused("The answer is missing.", "Write it: the holder reads it.")
    decision, submission = appeal.decision, appeal.decision.submission
    with transaction.atomic():
        if Appeal.objects.select_for_update().get(pk=appeal.pk).state != AppealState.OPEN:
            raise Refused("This appeal is answered already.", "Read it again.")
        _refuse_decider(actor, decision, "hear")
        verb = "uphold" if uphold else "dismiss"
        if uphold:
            _stand_down(submission)
            Decision.objects.filter(pk=decision.pk).update(overturned_at=timezone.now())
            for one in afresh:
                one.set_aside(submission)
        move(table=SUBMISSIONS, subject=submission, verb=verb, actor=actor)
        appeal.state = AppealState.UPHELD if uphold else AppealState.DISMISSED
        appeal.answer, appeal.decided_at = whole(answer, 6000, "The answer"), timezone.now()
        appeal.decided_by = user.person_id
        appeal.save()
        letters.appeal_answered(appeal)


def _stand_down(submission: Submission) -> None:
    """The first panel leaves its seats: nobody of it can be given one in the next."""
    for seat in seats_in_use(submission):
        move(table=SEATS, subject=seat, verb="stand-down", actor=SYSTEM)
    Seat.objects.filter(submission=submission, state=SeatState.DECLINED).update(
        state=SeatState.STOOD_DOWN
    )


def challenge_award(*, actor: Actor, award: Award, text: str, reply_to: str = "") -> Challenge:
    """Say, as anybody may, that an award is not deserved; it is looked into and answered."""
    if not text.strip():
        raise Refused("There is nothing in it.", "Write what is wrong, then send it.")
    with acting("award.challenge", actor=actor, subject=award, may=anybody):
        made = Challenge.objects.create(
            award=award, text=whole(text, 4000, "What you wrote"), reply_to=reply_to
        )
        mails.challenged(made)
    return made


def answer_challenge(*, actor: Actor, challenge: Challenge, answer: str) -> None:
    """Raises Denied; Refused without an answer, or when it has one."""
    if actor.person_id is None:
        raise Denied("challenge.answer")
    if challenge.state != ChallengeState.OPEN:
        raise Refused("This is answered already.", "Open it again to read the answer.")
    if not answer.strip():
        raise Refused("The answer is missing.", "Write what you found.")
    may = rules.can_keep_awards
    with acting("challenge.answer", actor=actor, subject=challenge, may=may):
        challenge.state, challenge.answer = (
            ChallengeState.ANSWERED,
            whole(answer, 4000, "The answer"),
        )
        challenge.answered_at, challenge.answered_by = timezone.now(), actor.person_id
        challenge.save()
        mails.challenge_answered(challenge)
