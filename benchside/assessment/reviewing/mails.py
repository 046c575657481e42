"""Letters of a review, at each hand-over. None of them says what somebody judged."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.conf import settings
from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment import writing_rules
from benchside.assessment.enums import CommentKind, DutyKind, SeatState
from benchside.assessment.models import (
    Appeal,
    Decision,
    Duty,
    EvidenceRequest,
    Return,
    Seat,
    Submission,
)
from benchside.assessment.narrowing import may_read
from benchside.assessment.reviewing.naming import name_for_reviewers, name_of
from benchside.core import mail
from benchside.core.actions import Actor
from benchside.organisations.models import Membership


# --- to a reviewer -------------------------------------------------------------------------------
def asked(seat: Seat) -> None:
    _to_reviewer("seat_asked", seat)


def due_soon(seat: Seat) -> None:
    _to_reviewer("seat_due", seat, late=False)


def overdue(seat: Seat) -> None:
    _to_reviewer("seat_due", seat, late=True)


def stood_down(seat: Seat) -> None:
    """Leads to their other reviews: the seat itself may be gone."""
    _to_reviewer("seat_ended", seat, link=settings.BASE_URL + reverse("assessment:desk"))


def reopened(seat: Seat) -> None:
    _to_reviewer("seat_open", seat, more=False)


def more_came(submission: Submission) -> None:
    """To all who are still reading."""
    for seat in submission.seats.filter(state=SeatState.ACCEPTED).select_related("user"):
        _to_reviewer("seat_open", seat, more=True)


def more_ended(submission: Submission, due_on: date | None) -> None:
    """To the holder, and to all who are still reading."""
    _to_holder("more_ended", submission, _form(submission), due=spoken(due_on))
    for seat in submission.seats.filter(state=SeatState.ACCEPTED).select_related("user"):
        _to_reviewer("seat_open", seat, more=False, is_over=True)


def _to_reviewer(name: str, seat: Seat, **more: Any) -> None:
    submission = seat.submission
    context = {
        "name": seat.user.get_full_name(),
        "holder": name_for_reviewers(submission),
        "standard": submission.version.title,
        "due": spoken(seat.due_on),
        "link": _address("assessment:seat", seat.pk),
        **more,
    }
    _send(name, [seat.user], context)


# --- to whoever it is about ----------------------------------------------------------------------
def returned(made: Return) -> None:
    _to_holder("returned", made.submission, _form(made.submission), words=made.text)


def more_asked(made: EvidenceRequest) -> None:
    said = {"words": made.text, "about": made.titles, "due": spoken(made.due_on)}
    _to_holder("more_asked", made.submission, _form(made.submission), **said)


def released(submission: Submission, kinds: set[str]) -> None:
    """`kinds`: of what there is to read; none where nobody had anything to say."""
    _to_holder("released", submission, _outcome(submission),
               commends=CommentKind.COMMEND in kinds, recommends=CommentKind.RECOMMEND in kinds,
               )  # fmt: skip


def decided(submission: Submission, decision: Decision) -> None:
    days = submission.version.standard.decision.appeal_days
    _to_holder("decided", submission, _outcome(submission), is_yes=submission.state == "approved",
               has_conditions=bool(decision.conditions), days=days)  # fmt: skip


def appeal_answered(appeal: Appeal) -> None:
    submission = appeal.decision.submission
    _to_holder(
        "appeal_answered", submission, _outcome(submission), is_upheld=appeal.state == "upheld"
    )


def _to_holder(name: str, submission: Submission, link: str, **more: Any) -> None:
    words = submission.version.standard.words
    for user in holders(submission):
        context = {
            "name": user.get_full_name(),
            "holder": name_of(submission),
            "is_own": submission.technician is not None,
            "standard": submission.version.title,
            "what": words.submission,
            "reviewer": words.reviewer,
            "evidence": words.evidence,
            "link": link,
            **more,
        }
        _send(name, [user], context)


def holders(submission: Submission) -> list[User]:
    """The person it is about, or those who lead it for the organisation."""
    if submission.technician is not None:
        account = submission.technician.account
        return [account] if account else []
    members = Membership.objects.live().filter(organisation=submission.organisation_id)
    users = User.objects.filter(pk__in=members.values("user")).order_by("pk")
    return [one for one in users if writing_rules.can_lead(Actor.of(one), submission)]


# --- to whoever runs it --------------------------------------------------------------------------
def waits(submission: Submission, what: str) -> None:
    """`what`: arrived, reviewed, needs-seat; to officers. to-ratify, appealed; to ratifiers, as
    far as it is theirs to read."""
    kind = DutyKind.RATIFY if what in {"to-ratify", "appealed"} else DutyKind.ASSIGN
    held = Duty.objects.filter(standard=submission.version.key, kind=kind).select_related("user")
    for duty in held:
        if not may_read(duty.user, submission):
            continue
        context = {
            "name": duty.user.get_full_name(),
            "holder": name_of(submission),
            "standard": submission.version.title,
            "what": what,
            "reviewer": submission.version.standard.words.reviewer,
            "link": _address("assessment:case", submission.key),
        }
        _send("waits", [duty.user], context)


def _form(submission: Submission) -> str:
    return f"{settings.BASE_URL}/forms/{submission.key}/"


def _outcome(submission: Submission) -> str:
    return _address("assessment:outcome", submission.key)


def _address(name: str, key: object) -> str:
    return settings.BASE_URL + reverse(name, args=[key])


def spoken(day: date | None) -> str:
    return f"{day:%-d %B %Y}" if day else ""


def _send(name: str, users: Iterable[User], context: dict[str, Any]) -> None:
    for user in users:
        if user.email and user.is_active:
            mail.send(f"assessment/{name}", user.email, context)
