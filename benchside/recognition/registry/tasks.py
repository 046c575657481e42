"""What a registrar's desk does by the clock. Each entry is a transaction of its own, so that a
worker killed in between leaves nothing half, and whatever runs next goes on where it stopped."""

import logging
from collections.abc import Callable, Iterable
from datetime import date
from typing import TypeVar

from django.utils import timezone

from benchside.core.actions import SYSTEM, Refused
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.recognition.models import ConductCase, Entry, EntryRequest, Register, Spell
from benchside.recognition.registry import clock, forgetting, outliving, queries
from benchside.recognition.registry.actions import close_case, close_unpaid_return
from benchside.recognition.registry.enums import ConductState, RequestState

logger = logging.getLogger(__name__)
One = TypeVar("One")


@daily(at="05:50")
@task(attempts=3)
def look_after_entries() -> None:
    """After the walk of all awards: renewals, letters, breaks that end or have no end,
    fees of coming back, cases past their appeal, names that outlived an account."""
    today = timezone.localdate()
    failed = sum(
        _each(_near_their_end(one, today), lambda entry: clock.look_after(entry, today))
        for one in Register.objects.all()
    )
    failed += sum(
        _each(clock.away(one).iterator(), lambda entry: clock.remind_of_being_away(entry, today))
        for one in Register.objects.all()
    )
    spells = Spell.objects.filter(ended_on__isnull=True, reminded_at__isnull=True)
    decided = ConductCase.objects.filter(state=ConductState.DECIDED)
    failed += _each(spells, lambda one: clock.remind_of_spell(one, today))
    failed += _each(decided, _close)
    agreed = EntryRequest.objects.filter(state=RequestState.AGREED)
    failed += _each(
        agreed.select_related("entry__award__version", "entry__register", "fee"),
        lambda one: close_unpaid_return(actor=SYSTEM, request=one),
    )
    failed += _each(outliving.asked(), lambda entry: forgetting.look_again(entry, today))
    if failed:
        raise RuntimeError(f"{failed} could not be looked after: see the log.")


def _near_their_end(register: Register, today: date) -> Iterable[Entry]:
    """Entries that stand and whose period ends so soon that something is to be done."""
    states = queries.states_of(register)
    found = Entry.objects.filter(
        register=register,
        award__state__in=[one.key for one in states if one.stands],
        award__period_end__lte=today + clock.begins_before(register),
    )
    people = found.select_related("award__version", "award__technician__account", "register")
    return people.order_by("pk").iterator()


def _close(case: ConductCase) -> None:
    try:
        close_case(case=case)
    except Refused:
        return  # its time to appeal is not over


def _each(found: Iterable[One], do: Callable[[One], object]) -> int:
    failed = 0
    for one in found:
        try:
            do(one)
        except Exception:
            failed += 1
            logger.exception("The clock could not look after %r", one)
    return failed
