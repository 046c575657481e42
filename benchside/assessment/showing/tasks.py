"""What the clock does: reminders, each once; drafts that end; files nobody needs any more."""

import logging
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.actions.supporters import letter_to
from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import (
    EvidenceRequest,
    FrozenVersion,
    Reminder,
    Submission,
    Supporter,
)
from benchside.assessment.showing import forgetting, links, people
from benchside.assessment.showing.making import have_made
from benchside.assessment.states import SUBMISSIONS
from benchside.core import mail
from benchside.core.actions import SYSTEM, Refused
from benchside.core.schedule import daily
from benchside.core.states import move
from benchside.core.tasks import each, task

logger = logging.getLogger(__name__)

BEFORE = timedelta(days=7)
LAST_CALL = timedelta(days=14)  # before a draft ends by itself
BEING_WRITTEN = (SubmissionState.DRAFT, SubmissionState.RETURNED)


def once(submission: Submission, about: str, letter: str, to: list[str], **said: Any) -> bool:
    """Send a letter unless it went out before. Whether it did now."""
    if not to:
        return False
    with transaction.atomic():
        _, is_new = Reminder.objects.get_or_create(submission=submission, about=about)
        for address in to if is_new else []:
            mail.send(f"assessment/{letter}", address, {**_about(submission), **said})
    return is_new


def _about(submission: Submission) -> dict[str, Any]:
    # The form's own page belongs to another part; this one is always there.
    page = reverse("assessment:signatures", args=[submission.key])
    return {
        "holder": people.name_of_holder(submission),
        "standard": submission.version.title,
        "what": submission.version.standard.words.submission,
        "link": f"{settings.BASE_URL}{page}",
    }


@daily(at="07:10")
@task(attempts=3)
def remind_supporters() -> None:
    """A week before their link stops, those who have not answered."""
    now = timezone.now()
    waiting = Supporter.objects.filter(
        answered_at__isnull=True,
        declined_at__isnull=True,
        expires_at__gt=now,
        expires_at__lte=now + BEFORE,
    ).select_related("submission__version")
    for one in each(list(waiting), "Reminding supporters"):
        if one.submission.is_open and one.expires_at - one.asked_at > BEFORE:
            digest = links.digest(links.token_of(one))
            if digest != one.token_digest:  # the installation has a new secret key
                Supporter.objects.filter(pk=one.pk).update(token_digest=digest)
            about = f"supporter-{one.pk}-{one.asked_at:%Y%m%d%H%M%S}"
            once(one.submission, about, "supporter_reminded", [one.email], **letter_to(one))


@daily(at="07:20")
@task(attempts=3)
def remind_of_requests() -> None:
    """What more was asked for: a week before it is due, and once when it is late."""
    today = timezone.localdate()
    waiting = (
        EvidenceRequest.objects.open()
        .filter(
            submission__state=SubmissionState.MORE_ASKED,
            due_on__lte=today + BEFORE,
        )
        .select_related("submission__version")
    )
    for one in each(list(waiting), "Reminding of what was asked"):
        is_late = one.due_on < today
        about = f"request-{one.pk}-{'after' if is_late else 'before'}"
        to = people.writers_to_tell(one.submission)
        once(one.submission, about, "more_due", to, due=one.due_on, is_late=is_late, asked=one.text)


@daily(at="07:30")
@task(attempts=3)
def look_after_drafts() -> None:
    """Remind of what lies half-written; end what was not touched for as long as a standard says."""
    now = timezone.now()
    for one, touched in each(list(_drafts()), "Looking after drafts"):
        rules = one.version.standard.drafts
        ends = touched + timedelta(days=rules.expire_days) if rules.expire_days else None
        to = people.writers_to_tell(one)
        if ends is not None and ends <= now:
            _end(one, to)
        elif ends is not None and ends - LAST_CALL <= now:
            day = timezone.localdate(ends)
            once(one, f"draft-ends-{day}", "draft_waits", to, since=_day(touched), ends=day)
        elif rules.remind_days and touched + timedelta(days=rules.remind_days) <= now:
            last = timezone.localdate(ends) if ends else None
            about = f"draft-{_day(touched)}"
            once(one, about, "draft_waits", to, since=_day(touched), ends=last)


def _day(moment: datetime) -> date:
    return timezone.localdate(moment)


def _drafts() -> Iterator[tuple[Submission, datetime]]:
    """Those being written, each with the last time anybody touched it."""
    found = Submission.objects.filter(state__in=BEING_WRITTEN).select_related("version")
    touches = found.annotate(
        written=Max("statements__changed_at"),
    )
    shown = dict(found.order_by().values_list("pk").annotate(Max("evidence__added_at")))
    for one in touches:
        moments = [one.created_at, one.written, shown.get(one.pk), one.submitted_at]
        yield one, max(moment for moment in moments if moment is not None)


def _end(submission: Submission, to: list[str]) -> None:
    try:
        with transaction.atomic():
            move(table=SUBMISSIONS, subject=submission, verb="expire", actor=SYSTEM)
            once(submission, "draft-ended", "draft_ended", to)
    except Refused:  # somebody was quicker
        logger.info("A draft moved on before it ended")


@daily(at="03:50")
@task(attempts=3)
def make_missing_exports() -> None:
    """What a worker could not make is tried anew."""
    missing = FrozenVersion.objects.filter(Q(pdf="") | Q(docx="")).exclude(content="")
    for one in each(list(missing), "Making what is missing"):
        have_made(one, owner=None)


@daily(at="04:10")
@task(attempts=3)
def forget_old_submissions() -> None:
    """Six years after it was decided, what was written and shown goes; that it was stays."""
    for one in each(list(forgetting.due(timezone.now())), "Forgetting"):
        forgetting.forget(one)


@daily(at="04:30")
@task(attempts=3)
def sweep_files() -> None:
    """Files that no record knows: left by an upload that was cut off, or by an erasure."""
    forgetting.sweep(timezone.now())
