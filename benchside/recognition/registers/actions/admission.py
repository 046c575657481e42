"""From an approval to an entry: an approval does not register, a paid one does."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.actions import grant_award, miss_conditions
from benchside.assessment.actions.awards import Given
from benchside.assessment.enums import SubmissionState
from benchside.assessment.limits import whole
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.permissions import is_system
from benchside.recognition.entries import names
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, RegisterApplication
from benchside.recognition.registers import mails, queries, rules
from benchside.recognition.registers.actions.owing import owe


def take_up_approval(*, application: RegisterApplication) -> Entry | None:
    """After a yes: the year's fee is written down and the last day to pay set; whoever owes
    nothing is on the register at once. The same however often it is called, by the house."""
    with transaction.atomic():
        held = _locked(application)
        if held.submission.state != SubmissionState.APPROVED or queries.is_over(held):
            return None
        if held.pay_by is None:
            days = held.register.rules.unpaid_days
            held.pay_by = timezone.localdate() + timedelta(days=days)
            held.save(update_fields=["pay_by"])
            owe(application=held, kind=FeeKind.YEAR, due_on=held.pay_by)
            if queries.open_fees(held).exists() or queries.conditions_of(held):
                mails.approved(held)
        return admit_when_settled(actor=SYSTEM, application=held)


def admit_when_settled(*, actor: Actor, application: RegisterApplication) -> Entry | None:
    """Put them on the register, if nothing stands in the way any more."""
    with transaction.atomic():
        held = _locked(application)
        if held.admitted_at is not None or what_lacks(held):
            return None
        return admit(actor=actor, application=held)


def admit(*, actor: Actor, application: RegisterApplication) -> Entry:
    """Put somebody on the register, under its next number. Done twice, it is done once.

    Afterwards: they get a letter with their number. Raises Denied; Refused before the decision is
    ratified, before all is paid, or when it was closed unpaid.
    """
    with transaction.atomic():
        held = _locked(application)
        if held.admitted_at is not None:
            return Entry.objects.get(award__submission=held.submission)
        with acting("register.admit", actor=actor, subject=held, may=rules.can_admit) as act:
            if lacks := what_lacks(held):
                raise Refused(lacks[0], " ".join(lacks[1:]))
            entry = _enter(actor, held)
            held.admitted_at = timezone.now()
            held.save(update_fields=["admitted_at"])
            act.note(register=held.register.slug, entry=entry.pk)
            mails.admitted(held, entry)
    application.admitted_at = held.admitted_at
    return entry


def _enter(actor: Actor, application: RegisterApplication) -> Entry:
    submission = application.submission
    today = timezone.localdate()
    award = grant_award(
        actor=actor,
        version=submission.version,
        given=Given(
            technician=submission.technician,
            level=submission.level,
            starts_on=today,
            submission=submission,
        ),
    )
    entry = Entry.objects.create(
        award=award,
        register=application.register,
        body=application.body,
        name=application.name,
        employer=submission.organisation.name[:120] if submission.organisation else "",
        membership=application.membership,
        admitted_on=today,
    )
    names.index(entry)
    return entry


def what_lacks(application: RegisterApplication) -> list[str]:
    """Every reason why they are not put on the register now, each a sentence."""
    found = []
    if application.submission.state != SubmissionState.APPROVED:
        found.append("This is not approved.")
    if application.unpaid_at is not None:
        found.append("It was closed unpaid. They apply anew.")
    if application.unmet_at is not None:
        found.append("Its conditions were not met. They apply anew.")
    if owed := queries.open_fees(application).count():
        found.append(f"{owed} fee{'s are' if owed > 1 else ' is'} still open.")
    if queries.conditions_of(application):
        found.append("The conditions of the decision are not met yet.")
    return found


def close_unpaid(*, actor: Actor, application: RegisterApplication) -> bool:
    """Close an approval that nobody paid by its last day. False where there is nothing to close.

    Afterwards: they get a letter. Raises Denied for anybody but the clock.
    """
    with transaction.atomic():
        held = _locked(application)
        late = held.pay_by is not None and held.pay_by < timezone.localdate()
        if not late or queries.is_over(held) or not queries.open_fees(held).exists():
            return False
        with acting("register.close_unpaid", actor=actor, subject=held, may=is_system):
            held.unpaid_at = timezone.now()
            held.save(update_fields=["unpaid_at"])
            mails.closed_unpaid(held)
    return True


def close_unmet(*, actor: Actor, application: RegisterApplication, why: str) -> None:
    """End an approval whose conditions were not met by their day; whoever applied may apply anew.

    Afterwards: they get a letter with the reason; what was paid for the year is said to be owed
    back. Raises Denied; Refused without why, before the day is over, and where there is nothing
    to be met.
    """
    said = whole(why, 1000, "What you wrote")
    with transaction.atomic():
        held = _locked(application)
        with acting("register.close_unmet", actor=actor, subject=held, may=rules.can_check):
            if refused := why_not_unmet(held):
                raise Refused(refused, "Reload the page.")
            if not said:
                raise Refused("You have not said why.", "Write it: the applicant reads it.")
            if decision := queries.conditions_of(held):
                miss_conditions(actor=actor, decision=decision)
            held.unmet_at, held.unmet_why = timezone.now(), said
            held.save(update_fields=["unmet_at", "unmet_why"])
            mails.closed_unmet(held)
    application.unmet_at, application.unmet_why = held.unmet_at, held.unmet_why


def why_not_unmet(application: RegisterApplication) -> str:
    """Why nobody can say now that its conditions are not met; empty where that can be said."""
    if queries.is_over(application):
        return "This is over already."
    last = queries.conditions_by(application)
    if last is None:
        return "There are no conditions to be met."
    return "" if last < timezone.localdate() else f"{last:%-d %B %Y} is the last day to meet them."


def open_if_in_time(*, actor: Actor, application: RegisterApplication, day: date) -> bool:
    """Open again what was closed unpaid, where the money came on its last day or before: that it is
    written down late is not their fault. False where there is nothing to open. Raises Denied;
    Refused where they have applied anew since, or are on the register."""
    held = _locked(application)
    if held.unpaid_at is None or held.pay_by is None or day > held.pay_by:
        return False
    with acting("register.open_paid", actor=actor, subject=held, may=rules.can_admit) as act:
        if why := queries.done_anew(held):
            raise Refused(why, "Look at that one first, and at whose the money is.")
        held.unpaid_at = application.unpaid_at = None
        held.save(update_fields=["unpaid_at"])
        act.note(day=day.isoformat())
    return True


def _locked(application: RegisterApplication) -> RegisterApplication:
    """As it stands in the database now; nobody else changes it until this is done."""
    found = RegisterApplication.objects.select_for_update(of=("self",))
    return found.select_related("register", "body", "submission__version").get(pk=application.pk)
