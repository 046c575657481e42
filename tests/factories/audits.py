"""People on a register with a year of CPD, audit runs, and cases as far as one likes."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.organisations.models import Organisation
from benchside.recognition.cpd import actions, clock
from benchside.recognition.cpd.actions import Found, Plan
from benchside.recognition.cpd.enums import StandardKey
from benchside.recognition.models import AuditCase, AuditRun, Entry
from tests.factories import registers
from tests.factories.cpd import FULL, an_activity

YEAR = 2026
ENDS = date(2026, 12, 31)
PLAN = Plan(year=YEAR, percent=Decimal(100), ends_on=ENDS)
FOUR = (
    StandardKey.RECORD, StandardKey.MIX, StandardKey.PRACTICE, StandardKey.USERS,
)  # fmt: skip
MET = {key: Found(is_met=True) for key in FOUR}
UNMET = MET | {StandardKey.MIX: Found(is_met=False, words="Only one kind of CPD.")}


def a_registrant(
    local: str = "rita",
    *,
    since: date = date(2024, 5, 1),
    body: Organisation | None = None,
) -> Entry:
    """Somebody with an account, a record and an entry."""
    technician = registers.an_applicant(f"{local}@work.example")
    return registers.an_entry(
        technician.name, technician=technician, since=since, body=body, membership=local
    )


def own(entry: Entry) -> Actor:
    assert entry.award.technician
    return Actor.of(User.objects.get(technician=entry.award.technician))


def a_full_year(entry: Entry, year: int = YEAR) -> None:
    """Three kinds of CPD, each thought about."""
    technician = entry.award.technician
    assert technician
    for month, kind in ((2, "work"), (6, "formal"), (10, "self")):
        an_activity(technician, f"A {kind} thing", date(year, month, 3), category=kind, **FULL)


def a_run(registrar: User | None = None, plan: Plan = PLAN, *, announced: bool = True) -> AuditRun:
    """Of everybody on the register unless told otherwise; announced, each has had the letter."""
    actor = Actor.of(registrar or registers.a_registrar())
    register = registers.a_register()
    run = actions.freeze_population(actor=actor, register=register, plan=plan)
    actions.draw_sample(actor=actor, run=run, seed="made-up seed")
    if announced:
        due = timezone.localdate() + timedelta(days=42)
        actions.announce_run(actor=actor, run=run, due_on=due)
        for case in run.cases.all():
            clock.notify(case.pk)
    return run


def a_case(entry: Entry, **more: Any) -> AuditCase:
    """Their case in a run of everybody."""
    run = AuditRun.objects.first() or a_run(**more)
    return run.cases.get(entry=entry)


def shown(case: AuditCase, summary: str = "I learned a lot.") -> AuditCase:
    """They have shared their year."""
    actions.submit_year(actor=own(case.entry), case=case, summary=summary)
    return case
