"""What registers do by the clock. Each application is a transaction of its own, so that a worker
killed in between leaves nothing half, and whatever runs next goes on where it stopped."""

import logging
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.enums import SubmissionState
from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.recognition.models import RegisterApplication
from benchside.recognition.registers import mails, queries
from benchside.recognition.registers.actions.admission import close_unpaid, take_up_approval
from benchside.recognition.registers.actions.checking import forget_adjustments, take_in

logger = logging.getLogger(__name__)
WITH_ASSESSORS = (
    SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW, SubmissionState.MORE_ASKED,
)  # fmt: skip


@daily(at="05:30")
@task(attempts=3)
def look_after_applications() -> None:
    """What was not written down when it happened; approvals that are paid, are to be paid soon, or
    were never paid. Twice a day does no more than once."""
    today = timezone.localdate()
    failed = 0
    for one in _all():
        try:
            look_after(one, today)
        except Exception:
            failed += 1
            logger.exception("The clock could not look after application %s", one.pk)
    forget_adjustments()
    if failed:
        raise RuntimeError(f"{failed} applications could not be looked after: see the log.")


def _all() -> list[RegisterApplication]:
    live = RegisterApplication.objects.filter(
        submission__state__in=(*WITH_ASSESSORS, SubmissionState.APPROVED),
        admitted_at__isnull=True,
    ).filter(queries.LIVE)
    return list(live.select_related("register", "submission__version").order_by("pk"))


def look_after(application: RegisterApplication, today: date) -> None:
    if application.submission.state in WITH_ASSESSORS:
        take_in(application=application)
    elif take_up_approval(application=application) is None:
        application.refresh_from_db()
        if not close_unpaid(actor=SYSTEM, application=application):
            remind(application, today)


def remind(application: RegisterApplication, today: date) -> bool:
    """Send the letter that is due before the last day to pay, each once; the nearest alone where
    several were missed. True when one was sent."""
    with transaction.atomic():
        held = RegisterApplication.objects.select_for_update().get(pk=application.pk)
        if held.pay_by is None or queries.is_over(held) or not queries.open_fees(held).exists():
            return False
        days = held.register.rules.remind_unpaid
        due = [one for one in days if held.pay_by - timedelta(days=one) <= today <= held.pay_by]
        if not due or (held.reminded_days is not None and held.reminded_days <= min(due)):
            return False
        held.reminded_days = min(due)
        held.save(update_fields=["reminded_days"])
        return mails.pay_soon(held)
