"""Letters to whoever applies to a register, and to those who run it."""

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import timezone

from benchside.assessment.enums import SubmissionState
from benchside.core import mail
from benchside.recognition.models import Entry, Interview, RegisterApplication
from benchside.recognition.registers import queries


def address_of(application: RegisterApplication) -> str:
    return f"{settings.BASE_URL}{reverse('recognition:my_registration', args=[application.number])}"


def _send(letter: str, application: RegisterApplication, **more: Any) -> bool:
    """False where nobody can be written to: they have closed their account."""
    technician = application.submission.technician
    account = technician.account if technician else None
    if account is None or not account.is_active:
        return False
    context = {
        "name": application.name,
        "register": application.register.name,
        "number": application.number,
        "link": address_of(application),
    }
    mail.send(f"recognition/{letter}", account.email, context | more)
    return True


def _owed(application: RegisterApplication) -> str:
    owed = sum(one.amount for one in queries.open_fees(application))
    return f"£{owed}"


def arrived(application: RegisterApplication) -> bool:
    """What happens next, until when, and whether there is something to pay."""
    sent, route = application.submission.submitted_at, queries.route_of(application)
    days = application.register.rules.target_days(SubmissionState.SUBMITTED)
    return _send(
        "register_arrived",
        application,
        body=application.body.name,
        keeper=application.register.rules.keeper,
        target=timezone.localdate(sent) + timedelta(days=days) if sent and days else None,
        talks=route is not None and route.interview,
        owed=_owed(application) if queries.open_fees(application).exists() else "",
    )


def corrected(application: RegisterApplication, changed: list[str], why: str) -> bool:
    """What the desk put right: `changed` names columns, `why` is told as it stands."""
    now = {
        "name": ("Your name on the register", application.name),
        "body": ("The body that decides", application.body.name),
        "membership": ("Your membership number", application.membership or "none"),
    }
    return _send(
        "register_corrected",
        application,
        keeper=application.register.rules.keeper,
        why=why,
        now=[now[column] for column in changed],
    )


def approved(application: RegisterApplication) -> bool:
    return _to_do("register_approved", application)


def pay_soon(application: RegisterApplication) -> bool:
    return _to_do("register_pay_soon", application)


def _to_do(letter: str, application: RegisterApplication) -> bool:
    """All that stands between a yes and the register: what is owed, and conditions by their day."""
    decision = queries.conditions_of(application)
    return _send(
        letter,
        application,
        owed=_owed(application) if queries.open_fees(application).exists() else "",
        by=application.pay_by,
        conditions=decision.conditions if decision else "",
        conditions_by=queries.conditions_by(application),
    )


def closed_unpaid(application: RegisterApplication) -> bool:
    return _send("register_closed_unpaid", application, by=application.pay_by)


def closed_unmet(application: RegisterApplication) -> bool:
    decision, paid = queries.conditions_of(application), queries.owed_back(application)
    return _send(
        "register_unmet",
        application,
        conditions=decision.conditions if decision else "",
        by=queries.conditions_by(application),
        why=application.unmet_why,
        keeper=application.register.rules.keeper,
        back=f"£{paid.amount}" if paid else "",
        payer=paid.payer if paid else "",
    )


def admitted(application: RegisterApplication, entry: Entry) -> bool:
    return _send(
        "register_admitted",
        application,
        entry=entry.award.number,
        letters=application.register.letters,
        until=entry.award.period_end,
    )


def interview(application: RegisterApplication, held: Interview, *, is_moved: bool) -> bool:
    return _send(
        "register_interview", application, at=held.held_at, place=held.place, moved=is_moved
    )
