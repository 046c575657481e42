"""Where an application is now, in words for whoever applied: what comes next, until when, and how
long it has been in each state."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.urls import reverse
from django.utils import timezone

from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import Decision, EvidenceRequest, Return
from benchside.assessment.timing import Spell, spent
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Fee, Interview, RegisterApplication
from benchside.recognition.registers import queries

# What each state means to somebody who waits, and whose turn it is.
WORDS = {
    SubmissionState.DRAFT: "You are writing it. What you type is kept.",
    SubmissionState.SUBMITTED: "It arrived. We check that all is there.",
    SubmissionState.RETURNED: "Something is missing. Put it right and send it again.",
    SubmissionState.IN_REVIEW: "Assessors read it. They do not know each other’s view.",
    SubmissionState.MORE_ASKED: "The assessors ask for something more.",
    SubmissionState.REVIEWED: "The assessors are done. Somebody now says what should be decided.",
    SubmissionState.RECOMMENDED: "The professional body has it, and says the last word.",
    SubmissionState.APPROVED: "Yes. You are on the register once what is due is paid.",
    SubmissionState.DECLINED: "Not this time. The reasons stand with the decision.",
    SubmissionState.APPEALED: "Your appeal is heard by people who had no hand in it.",
    SubmissionState.WITHDRAWN: "You took it back.",
    SubmissionState.EXPIRED: "It lay too long without a change, and has ended.",
}
AN_INVOICE_COMES = "You get an invoice by e-mail. How to pay it stands there."


@dataclass(frozen=True, slots=True)
class Next:
    """The one thing to do, where it is the applicant's turn."""

    title: str
    why: str
    do: str
    url: str


@dataclass(frozen=True, slots=True)
class Standing:
    title: str
    words: str
    since: date
    target: date | None
    is_late: bool
    next: Next | None
    spells: list[Spell]
    fees: list[Fee]
    owed: list[Fee]
    interview: Interview | None
    has_interview: bool
    may_ask_adjustments: bool
    returns: list[Return]
    requests: list[EvidenceRequest]
    rounds_left: int
    decision: Decision | None
    appeal_until: date | None


def standing_of(application: RegisterApplication) -> Standing:
    submission = application.submission
    spells = spent(submission)
    now = spells[-1]
    since = timezone.localdate(now.begins)
    days = application.register.rules.target_days(submission.state)
    target = since + timedelta(days=days) if days is not None else None
    fees = list(application.fees.all())
    route = queries.route_of(application)
    held = queries.interview_of(submission)
    has_interview = route is not None and route.interview
    decision = submission.decisions.filter(
        overturned_at__isnull=True, ratified_at__isnull=False
    ).first()
    rounds = submission.version.standard.review.evidence_rounds
    return Standing(
        title=_title(application),
        words=_words(application),
        since=since,
        target=target,
        is_late=target is not None and target < timezone.localdate(),
        next=_next(application, fees),
        spells=spells,
        fees=fees,
        owed=[one for one in fees if not one.is_settled],
        interview=held,
        has_interview=has_interview,
        may_ask_adjustments=has_interview
        and not (held and held.outcome)
        and not queries.is_over(application)
        and submission.state != SubmissionState.APPROVED,
        returns=list(submission.returns.all()),
        requests=list(submission.requests.all()),
        rounds_left=max(0, rounds - submission.evidence_rounds),
        decision=decision,
        appeal_until=_appeal_until(application, decision),
    )


def _title(application: RegisterApplication) -> str:
    if application.unpaid_at:
        return "Closed unpaid"
    if application.unmet_at:
        return "Closed: conditions not met"
    if application.admitted_at:
        return "On the register"
    if application.submission.state == SubmissionState.APPROVED:
        return "Approved, not yet on the register"
    return str(application.submission.get_state_display())


def _words(application: RegisterApplication) -> str:
    if application.unpaid_at:
        return "It was approved, and not paid in time. You can apply again."
    if application.unmet_at:
        return "Its conditions were not met by their day. You can apply again."
    if application.admitted_at:
        return "It is done: you were put on the register."
    if application.submission.state == SubmissionState.SUBMITTED and application.is_checked:
        return "All is there. We look for assessors who do not know you."
    if application.submission.state == SubmissionState.APPROVED:
        return _approved(application)
    return WORDS[SubmissionState(application.submission.state)]


def _approved(application: RegisterApplication) -> str:
    """Everything that is left, the conditions first: with these money alone is not enough."""
    last = queries.conditions_by(application)
    if not queries.conditions_of(application):
        return WORDS[SubmissionState.APPROVED]
    by = f", by {last:%-d %B %Y}" if last else ""
    owes = any(not one.is_settled for one in application.fees.all())
    comma, paid = ("," if by else "", " and what is due is paid") if owes else ("", "")
    return f"Yes. You are on the register once the conditions are met{by}{comma}{paid}."


def _next(application: RegisterApplication, fees: list[Fee]) -> Next | None:
    submission = application.submission
    form = reverse("assessment:form", args=[submission.key])
    if submission.state == SubmissionState.DRAFT:
        return Next("Go on writing", "Nobody else reads it yet.", "Go on writing", form)
    if submission.state == SubmissionState.RETURNED:
        return Next("Put it right", "What is missing stands below.", "Open it", form)
    if submission.state == SubmissionState.MORE_ASKED:
        return Next("Answer the assessors", "What they ask stands below.", "Answer", form)
    return None if queries.is_over(application) else _to_pay(application, fees)


def _to_pay(application: RegisterApplication, fees: list[Fee]) -> Next | None:
    """What they are to pay, invoiced or not; else what somebody else pays for them."""
    owed = [one for one in fees if not one.is_settled]
    own = [one for one in owed if not one.payer]
    last = [application.pay_by] if application.pay_by else [one.due_on for one in own or owed]
    days = [day for day in last if day is not None]
    by = f" by {min(days):%-d %B %Y}" if days else ""
    if own:
        has_come = all(one.state == FeeState.INVOICED for one in own)
        why = "The invoice says how to pay it." if has_come else AN_INVOICE_COMES
        return Next(f"Pay £{sum(one.amount for one in own)}{by}", why, "See what is due", "#fees")
    if owed and application.pay_by:
        total = sum(one.amount for one in owed)
        why = f"The invoice went to {owed[0].payer}. Ask there whether it is paid."
        return Next(f"£{total} is to be paid{by}", why, "See what is due", "#fees")
    return None


def _appeal_until(application: RegisterApplication, decision: Decision | None) -> date | None:
    """The last day to appeal, while there is one."""
    if decision is None or decision.ratified_at is None:
        return None
    if application.submission.state != SubmissionState.DECLINED or decision.appeals.exists():
        return None
    days = application.submission.version.standard.decision.appeal_days
    last = timezone.localdate(decision.ratified_at) + timedelta(days=days)
    return last if last >= timezone.localdate() else None
