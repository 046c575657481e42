"""What a registrar's desk does by the clock, one entry at a time; twice does no more than once."""

from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.awarding.queries import rules_of, state_of, version_in_force
from benchside.core.actions import Refused
from benchside.organisations.models import Employment, Organisation
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Entry, Fee, Register, RenewalLetter, Spell
from benchside.recognition.registry import mails
from benchside.recognition.registry.actions.renewals import (
    can_be_renewed,
    open_renewal,
    renew_if_ready,
)
from benchside.recognition.registry.checks import missing_of, renewal_of

BEFORE_A_BREAK_ENDS = timedelta(days=30)


def begins_before(register: Register) -> timedelta:
    """How long before the end of a period its renewal is opened: the first letter's days."""
    version = version_in_force(register.standard)
    found = version.standard.award if version else None
    return timedelta(days=max(found.remind_days, default=0) if found else 0)


def look_after(entry: Entry, today: date) -> None:
    """Open its renewal when the end comes near, renew what is ready, write to whoever is late."""
    end = entry.award.period_end
    if end is None or not can_be_renewed(entry):
        return
    nearest = max(rules_of(entry.award).remind_days, default=0)
    if end - timedelta(days=nearest) > today:
        return
    try:
        open_renewal(entry=entry)
    except Refused:
        return
    if renew_if_ready(entry=Entry.objects.select_related("award", "register").get(pk=entry.pk)):
        return
    if today > end:
        _write(entry, end, today)


def last_day(entry: Entry) -> date | None:
    """The last day in extra time: the one before the clock makes it stand no more."""
    end = entry.award.period_end
    states = {one.key: one for one in rules_of(entry.award).states}
    days = [
        one.after_days
        for one in rules_of(entry.award).moves
        if one.after_days is not None and not states[one.target].stands
    ]
    return end + timedelta(days=min(days) - 1) if end is not None and days else None


def _write(entry: Entry, end: date, today: date) -> None:
    """The letter that is due after the end, the nearest alone where several were missed."""
    register, last = entry.register.rules, last_day(entry)
    if last is None:
        return
    due = [days for days in register.letters_after if end + timedelta(days=days) <= today]
    if due:
        with transaction.atomic():
            if _is_new(entry, end, max(due), is_employer=False):
                mails.renewal_missing(entry, missing_of(entry), last)
    if today >= end + timedelta(days=register.tell_employer_days):
        made = renewal_of(entry, end)
        _tell_employer(entry, end, made.fee if made else None, last)


def _is_new(entry: Entry, end: date, days: int, *, is_employer: bool) -> bool:
    Entry.objects.select_for_update().get(pk=entry.pk)
    _, is_new = RenewalLetter.objects.get_or_create(
        entry=entry, period_end=end, days=days, is_employer=is_employer
    )
    return is_new


def _tell_employer(entry: Entry, end: date, fee: Fee | None, last: date) -> None:
    """In the last month, once: only an employer that pays, only while the fee is not settled."""
    if fee is None or fee.state not in {FeeState.DUE, FeeState.INVOICED}:
        return
    employer = paying_employer(entry, fee)
    if employer is None:
        return
    days = entry.register.rules.tell_employer_days
    with transaction.atomic():
        if _is_new(entry, end, days, is_employer=True):
            mails.employer_told(entry, employer, fee, last)


def paying_employer(entry: Entry, fee: Fee) -> Organisation | None:
    """The organisation that employs them and is named as whoever pays; nobody else's business."""
    if not fee.payer or entry.award.technician is None:
        return None
    here = Employment.objects.current().filter(
        technician=entry.award.technician, organisation__name__iexact=fee.payer.strip()
    )
    found = here.select_related("organisation__contact").first()
    return found.organisation if found else None


def remind_of_spell(spell: Spell, today: date) -> bool:
    """One letter before a break ends; a suspension's end is the registrar's to see to."""
    if spell.until - BEFORE_A_BREAK_ENDS > today or not state_of(spell.entry.award).stands:
        return False
    with transaction.atomic():
        held = Spell.objects.select_for_update().get(pk=spell.pk)
        if held.reminded_at is not None or held.ended_on is not None:
            return False
        held.reminded_at = timezone.now()
        held.save(update_fields=["reminded_at"])
        mails.spell_ends(held)
    return True


def end_what_is_over(entry: Entry, day: date) -> None:
    """Spells and sanctions of a state that the entry is no longer in end on a day."""
    rules, state = entry.register.rules, entry.award.state
    for spell in entry.spells.filter(ended_on__isnull=True).exclude(state=state):
        Spell.objects.filter(pk=spell.pk).update(ended_on=max(day, spell.begins))
    targets = {one.verb: one.target for one in rules_of(entry.award).moves}
    for sanction in entry.sanctions.filter(ended_on__isnull=True):
        rule = rules.sanction(sanction.kind)
        if rule is not None and rule.verb and targets.get(rule.verb) != state:
            entry.sanctions.filter(pk=sanction.pk).update(ended_on=max(day, sanction.begins))
