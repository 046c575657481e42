"""What keeps an application to a register from going on: a check, a fee, an interview, the body.

No seat is given while the application fee is due. An invoice to somebody who pays for the
applicant, such as an employer, is enough: it may take them a month. One to the applicant is not.
"""

from collections.abc import Iterator, Sequence

from django.db.models import QuerySet

from benchside.assessment.actions.decisions import SOMEBODY_ELSE
from benchside.assessment.barriers import Barrier
from benchside.assessment.models import Submission
from benchside.core.actions import Actor
from benchside.recognition.enums import FeeKind, FeeState
from benchside.recognition.models import Fee, Interview, RegisterApplication
from benchside.recognition.registers import queries, rules


def reasons(submission: Submission, verb: str, actor: Actor) -> Sequence[str]:
    found = RegisterApplication.objects.filter(submission=submission)
    application = found.select_related("register", "body", "submission__version").first()
    if application is None:
        return ()
    why = WHY.get(verb)
    return list(why(application, actor)) if why else ()


def _assign(application: RegisterApplication, _: Actor) -> Iterator[str]:
    if not application.is_checked:
        yield f"{application.number} is not checked yet. Look whether all is there, then say so."
    fee = Fee.objects.filter(application=application, kind=FeeKind.APPLICATION).first()
    if fee is None:
        route = application.submission.route
        sent = application.submission.submitted_at
        if sent and application.register.rules.fee(FeeKind.APPLICATION, sent.date(), route):
            yield "The application fee is not written down yet. It is in a few minutes."
    elif not fee.is_settled and not (fee.state == FeeState.INVOICED and fee.payer):
        yield f"The application fee of £{fee.amount} is not paid. Mark it once it is."


def _recommend(application: RegisterApplication, actor: Actor) -> Iterator[str]:
    route = queries.route_of(application)
    if route is None or not route.interview:
        return
    held = queries.interview_of(application.submission)
    if held is None or not held.outcome:
        yield "The interview of this route is not written down yet. Hold it first."
    if _wrote_down(actor, application).filter(set_aside_at__isnull=False).exists():
        yield f"You wrote down the interview that was set aside on appeal. {SOMEBODY_ELSE}"


def _wrote_down(actor: Actor, application: RegisterApplication) -> QuerySet[Interview]:
    """Its interviews, also those set aside, that somebody said the outcome of: a hand in it."""
    held = Interview.objects.filter(submission=application.submission)
    return held.filter(recorded_by=actor.person_id) if actor.person_id else held.none()


def _ratify(application: RegisterApplication, actor: Actor) -> Iterator[str]:
    if application.body not in queries.bodies_of(application.register):
        yield f"{application.body.name} has no licence for this register now. Move it to another."
    elif not rules.speaks_for_its_body(actor, application):
        yield f"Only somebody of {application.body.name} may ratify this. Ask them."
    if _wrote_down(actor, application).exists():
        yield f"You wrote down its interview, so you cannot ratify it. {SOMEBODY_ELSE}"


def _speak(application: RegisterApplication, actor: Actor) -> Iterator[str]:
    """To send back or to hear asks for the right body, even where its licence has ended since."""
    if not rules.speaks_for_its_body(actor, application):
        yield f"Only somebody of {application.body.name} may decide this. Ask them."
    if _wrote_down(actor, application).exists():
        yield f"You wrote down its interview, so you cannot decide this. {SOMEBODY_ELSE}"


WHY = {"assign": _assign, "recommend": _recommend, "ratify": _ratify, "send-back": _speak,
       "hear": _speak}  # fmt: skip

BARRIER = Barrier(key="recognition.registers", reasons=reasons)
