"""What a registrar's desk does by the clock, one entry at a time; twice does no more than once."""

from datetime import date, timedelta

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from benchside.assessment.awarding.queries import (
    last_day,
    rules_of,
    runs_out_from,
    state_of,
    version_in_force,
)
from benchside.core.actions import Refused
from benchside.organisations.models import Employment, Organisation
from benchside.recognition.entries import seals
from benchside.recognition.enums import FeeState
from benchside.recognition.models import Entry, Fee, Register, RenewalLetter, Sanction, Spell
from benchside.recognition.registers.shapes import SanctionRule
from benchside.recognition.registry import life, mails, queries
from benchside.recognition.registry.actions.renewals import (
    can_be_renewed,
    open_renewal,
    opens_on,
    renew_if_ready,
)
from benchside.recognition.registry.checks import missing_of, renewal_of
from benchside.recognition.registry.publishing import publish_until

BEFORE_A_BREAK_ENDS = timedelta(days=30)


def begins_before(register: Register) -> timedelta:
    """How long before the end of a period its renewal is opened: the first letter's days."""
    version = version_in_force(register.standard)
    found = version.standard.award if version else None
    return timedelta(days=max(found.remind_days, default=0) if found else 0)


def look_after(entry: Entry, today: date) -> None:
    """Open its renewal when the end comes near, renew what is ready, write to whoever is late."""
    begins = opens_on(entry)
    if begins is None or begins > today or not can_be_renewed(entry):
        return
    try:
        open_renewal(entry=entry)
    except Refused:
        return
    if renew_if_ready(entry=Entry.objects.select_related("award", "register").get(pk=entry.pk)):
        return
    over = runs_out_from(entry.award)
    if over is not None and today > over:
        _write(entry, over, today)


def _write(entry: Entry, over: date, today: date) -> None:
    """The letter that is due after the end, the nearest alone where several were missed. `over` is
    the day from which the clock counts, so that who came back late gets each letter again."""
    register, last = entry.register.rules, last_day(entry.award)
    if last is None:
        return
    told = None
    if today >= over + timedelta(days=register.tell_employer_days):
        told = _tell_employer(entry, over, last)
    due = [days for days in register.letters_after if over + timedelta(days=days) <= today]
    if due:
        with transaction.atomic():
            if _is_new(entry, over, max(due), is_employer=False):
                mails.renewal_missing(entry, missing_of(entry), last, told)


def _is_new(entry: Entry, over: date, days: int, *, is_employer: bool) -> bool:
    Entry.objects.select_for_update().get(pk=entry.pk)
    _, is_new = RenewalLetter.objects.get_or_create(
        entry=entry, period_end=over, days=days, is_employer=is_employer
    )
    return is_new


def _tell_employer(entry: Entry, over: date, last: date) -> Organisation | None:
    """In the last month, once: only an employer that pays, only while the fee is not settled, and
    not written down while nobody is there to read it. Gives who has been told."""
    made = renewal_of(entry, entry.award.period_end) if entry.award.period_end else None
    fee = made.fee if made else None
    if fee is None or fee.state not in {FeeState.DUE, FeeState.INVOICED}:
        return None
    employer = paying_employer(entry, fee)
    if employer is None or not mails.readers_at(employer):
        return None
    days = entry.register.rules.tell_employer_days
    with transaction.atomic():
        if _is_new(entry, over, days, is_employer=True):
            mails.employer_told(entry, employer, fee, last)
    return employer


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


def away(register: Register) -> QuerySet[Entry]:
    """Entries that stand in a state which might have a day to end on, and has none."""
    states = queries.states_of(register)
    timed = [one.key for one in states if one.stands and one.key in register.rules.timed]
    found = Entry.objects.filter(register=register, award__state__in=timed)
    found = found.exclude(pk__in=Spell.objects.filter(ended_on__isnull=True).values("entry"))
    return found.select_related("award__version", "award__technician__account", "register")


def remind_of_being_away(entry: Entry, today: date) -> bool:
    """One letter a year, or as often as the file says, to whoever is on a break with no day to end
    on. Where some were missed there is one."""
    every, began = entry.register.rules.remind_away_days, life.began(entry)
    times = (today - began).days // every if every else 0
    if times < 1:
        return False
    with transaction.atomic():
        is_new = _is_new(entry, began, times * every, is_employer=False)
        if is_new:
            mails.break_goes_on(entry, began)
    return is_new


def end_what_is_over(entry: Entry, day: date) -> None:
    """Spells and sanctions of a state that the entry is no longer in end on a day. From then is
    counted how long a sanction is public; what everybody is still told as its state goes on, such
    as a removal while its restoration is heard."""
    rules, state = entry.register.rules, entry.award.state
    for spell in entry.spells.filter(ended_on__isnull=True).exclude(state=state):
        Spell.objects.filter(pk=spell.pk).update(ended_on=max(day, spell.begins))
    targets = {one.verb: one.target for one in rules_of(entry.award).moves}
    goes_on = {state, state_of(entry.award).shown_as}
    for sanction in entry.sanctions.filter(ended_on__isnull=True):
        rule = rules.sanction(sanction.kind)
        if rule is not None and rule.verb and targets.get(rule.verb) not in goes_on:
            _end(sanction, rule, max(day, sanction.begins))


@transaction.atomic
def _end(sanction: Sanction, rule: SanctionRule, day: date) -> None:
    held = Sanction.objects.select_for_update().get(pk=sanction.pk)
    if held.ended_on is not None:
        return
    held.ended_on = day
    if held.publish_until is not None:
        held.publish_until = publish_until(rule, held.begins, day)
    held.save(update_fields=["ended_on", "publish_until"])
    seals.seal(held.entry)
