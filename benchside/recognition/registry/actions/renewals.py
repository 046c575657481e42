"""Another year on the register: what is confirmed, what it costs, and the new period."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.limits import whole
from benchside.core.actions import SYSTEM, Actor, Denied, Refused, acting
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, Fee, YearlyRenewal
from benchside.recognition.registers.actions import waive_fee
from benchside.recognition.registry import rules
from benchside.recognition.registry.actions.moves import OWED, move_entry
from benchside.recognition.registry.checks import missing_of
from benchside.recognition.registry.life import renewing_move


def can_be_renewed(entry: Entry) -> bool:
    return state_of(entry.award).stands and renewing_move(entry) is not None


def opens_on(entry: Entry) -> date | None:
    """From when its next year can be confirmed: the day of the first letter about it."""
    end = entry.award.period_end
    first = max(rules_of(entry.award).remind_days, default=0)
    return end - timedelta(days=first) if end else None


def is_open(entry: Entry) -> bool:
    """Whether its next year can be confirmed now, or was begun already."""
    begins, end = opens_on(entry), entry.award.period_end
    if begins is None or end is None or not can_be_renewed(entry):
        return False
    return begins <= timezone.localdate() or entry.renewals.filter(period_end=end).exists()


def open_renewal(*, entry: Entry) -> YearlyRenewal:
    """The renewal for the period after this one, with its fee, made once however often it is
    asked for. Raises Refused for an entry without a period, or that cannot be renewed."""
    end = entry.award.period_end
    if end is None or not can_be_renewed(entry):
        raise Refused("There is nothing to renew now.", "Look at what state the entry is in.")
    with transaction.atomic():
        Entry.objects.select_for_update().get(pk=entry.pk)
        made, is_new = YearlyRenewal.objects.get_or_create(entry=entry, period_end=end)
        if is_new and (amount := entry.register.rules.fee("year", end + timedelta(days=1))):
            made.fee = Fee.objects.create(entry=entry, kind=FeeKind.YEAR, amount=amount, due_on=end)
            made.save(update_fields=["fee"])
    return made


def confirm_renewal(
    *, actor: Actor, entry: Entry, details: bool, conduct: bool, conduct_words: str = ""
) -> YearlyRenewal:
    """Say that the details are right and the code of conduct is kept, or what there is to tell.

    Raises Denied; Refused without either, or when there is nothing to renew. Afterwards: with
    nothing missing, the entry is renewed.
    """
    with acting("entry.confirm_renewal", actor=actor, subject=entry, may=rules.is_holder) as act:
        if can_be_renewed(entry) and (begins := opens_on(entry)) and not is_open(entry):
            raise Refused(f"Your next year opens on {begins:%-d %B %Y}.", "We write to you then.")
        if not details:
            raise Refused(
                "Say that your details are right.", f"If not, write to {entry.body} first."
            )
        if not conduct and not conduct_words.strip():
            raise Refused(
                "Say that you keep to the code, or tell us what happened.", "One of the two."
            )
        made = open_renewal(entry=entry)
        now = timezone.now()
        made.details_at, made.conduct_at = now, now
        made.conduct_words = whole(conduct_words, 2000, "What you told us")
        made.conduct_seen_at = None
        made.save(update_fields=["details_at", "conduct_at", "conduct_words", "conduct_seen_at"])
        act.note(renewal=made.pk)
    renew_if_ready(entry=entry)
    return made


def see_conduct(*, actor: Actor, renewal: YearlyRenewal) -> None:
    """Say that what somebody told about their conduct was read and keeps nobody from renewing.
    Raises Denied; Refused where they have told something else since. Afterwards: with nothing
    missing, the entry is renewed."""
    with acting("entry.see_conduct", actor=actor, subject=renewal.entry, may=rules.can_keep) as act:
        held = YearlyRenewal.objects.select_for_update().get(pk=renewal.pk)
        if held.conduct_at != renewal.conduct_at:
            raise Refused("It has changed since you read it.", "Read it again.")
        renewal.conduct_seen_at = timezone.now()
        renewal.save(update_fields=["conduct_seen_at"])
        act.note(renewal=renewal.pk)
    renew_if_ready(entry=renewal.entry)


def renew_if_ready(*, entry: Entry) -> bool:
    """Renew it by itself once nothing is missing; the same however often it is called."""
    try:
        renew_entry(actor=SYSTEM, entry=entry)
    except Refused:
        return False
    return True


def renew_entry(*, actor: Actor, entry: Entry) -> None:
    """Begin the next period, the day after this one ends. Raises Denied; Refused naming the first
    thing that is missing, and where it cannot be renewed from."""
    if not rules.can_keep_or_system(actor, entry):
        raise Denied("entry.renew")
    with transaction.atomic():
        held = Entry.objects.select_for_update().select_related("award").get(pk=entry.pk)
        end, step = held.award.period_end, renewing_move(held)
        if end is None or step is None or not can_be_renewed(held):
            raise Refused(f"{held.award.number} cannot be renewed now.", "Look at its state.")
        made = held.renewals.filter(period_end=end, renewed_at__isnull=True).first()
        if made is None:
            raise Refused(f"{held.award.number} is not due yet.", "Nothing is confirmed for it.")
        if missing := missing_of(held):
            raise Refused(f"Something is missing. {missing[0].what}")
        move_entry(
            actor=actor,
            entry=held,
            verb=step.verb,
            reason=step.reasons[0] if step.reasons else "",
            period_from=end + timedelta(days=1),
            detail={"renewal": made.pk},
        )
        made.renewed_at = timezone.now()
        made.save(update_fields=["renewed_at"])
    entry.award.refresh_from_db()


def drop_years_that_never_came(*, entry: Entry) -> None:
    """A period began anew, as after coming back: what was owed for the year after the old one is
    asked for no more. The same however often it is called."""
    left = entry.renewals.filter(renewed_at=None, fee__state__in=OWED).select_related("fee__entry")
    for one in left:
        if one.fee is not None and one.period_end != entry.award.period_end:
            waive_fee(actor=SYSTEM, fee=one.fee, why="Their year began anew without it.")


@dataclass(frozen=True, slots=True)
class Bulk:
    """What came of many at once: which were done, and why others were not."""

    done: list[Entry]
    left: list[tuple[Entry, str]]


def renew_many(*, actor: Actor, entries: Iterable[Entry]) -> Bulk:
    """Renew each that can be; one that cannot keeps no other back. Raises Denied."""
    found = Bulk([], [])
    for one in entries:
        try:
            renew_entry(actor=actor, entry=one)
        except Refused as refused:
            found.left.append((one, str(refused)))
        else:
            found.done.append(one)
    return found
