"""Sealing what an entry says, and the whole register; and finding what was changed unseen.

Events of an award are a chain of their own (`assessment.chain`). Name, body, holder, sanctions and
the day of admission are no events: each time one changes through an action it is sealed anew, in
a second chain. A head of the register holds the ends of all those chains, so that nothing can be
cut off their ends either.

A chain alone can be written anew from any link on by whoever has the database. So seals and heads
are keyed with the site's key, each seal holds the end of the award's own chain, and what a head
found once is told for good.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from django.conf import settings
from django.db import transaction
from django.db.models import F, OuterRef, QuerySet, Subquery
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac

from benchside.assessment.chain import BEGINNING, Link, canonical, next_link, verify
from benchside.assessment.models import Award, AwardEvent
from benchside.assessment.queries import faults_of
from benchside.recognition.models import Entry, EntrySeal, Register, RegisterHead

SALT = "recognition.entries.seal"
SALT_OF_HEADS = "recognition.entries.head"
# What is under way may still carry a time before this one when it is committed.
SETTLED = timedelta(minutes=15)
OF_A_SANCTION = (
    "id", "kind", "title", "words", "begins", "until", "publish_until", "is_health", "case_id",
    "ended_on", "overturned_at", "made_at",
)  # fmt: skip
MOST_FAULTS = 50  # written down with a head


@dataclass(frozen=True, slots=True)
class Fault:
    """What does not hold: of which entry (its number) or of the register's heads, and how."""

    where: str
    problem: str


# --- one entry ----------------------------------------------------------------------------------
def says_of(entry: Entry) -> dict[str, Any]:
    """What is sealed: all that the register itself says, whose it is, and what it was awarded
    under; area and employer are the person's."""
    return {
        "number": entry.award.number,
        "register": entry.register.slug,
        "body": entry.body_id,
        "name": entry.name,
        "admitted_on": entry.admitted_on,
        "is_hidden": entry.is_hidden,
        "hidden_basis": entry.hidden_basis,
        "holder": entry.award.technician_id,
        "version": entry.award.version_id,
        "former_names": sorted(
            [one.name, one.until.isoformat(), one.is_shown] for one in entry.former_names.all()
        ),
        "former_numbers": sorted(one.number for one in entry.former_numbers.all()),
        "sanctions": [
            {name: getattr(one, name) for name in OF_A_SANCTION}
            for one in sorted(entry.sanctions.all(), key=lambda one: one.pk)
        ],
    }


def _keyed(salt: str, what: Any) -> Iterator[str]:
    """With the key of today, then with those it had before."""
    said = canonical(what)
    for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS):
        yield salted_hmac(salt, said, secret=secret, algorithm="sha256").hexdigest()


def _digests(entry: Entry, event: str) -> Iterator[str]:
    return _keyed(SALT, {**says_of(entry), "event": event})


def seal(entry: Entry) -> None:
    """Write down what it says from now on, as it stands in the database; nothing when that is
    what was sealed last. Called inside the transaction that changed it."""
    with transaction.atomic():
        held = Entry.objects.select_for_update(of=("self",)).select_related("award", "register")
        entry = held.get(pk=entry.pk)
        last = EntrySeal.objects.filter(entry=entry).order_by("-number").first()
        ends = AwardEvent.objects.filter(award=entry.award_id).order_by("-number")
        event = ends.values_list("digest", flat=True).first() or BEGINNING
        fields = next(_digests(entry, event))
        if last is not None and last.fields == fields:
            return
        made = EntrySeal(entry=entry, recorded_at=timezone.now(), fields=fields, event=event)
        link = next_link(_link(last) if last else None, _says(made))
        made.number, made.before, made.digest = link.number, link.before, link.digest
        made.save()


def seal_new_events(found: QuerySet[Entry]) -> None:
    """Seal those whose award went on since they were sealed last; what does not hold stays as it
    is, or the seal would make it good."""
    events = AwardEvent.objects.filter(award=OuterRef("award")).order_by("-number")
    seals = EntrySeal.objects.filter(entry=OuterRef("pk")).order_by("-number")
    found = found.annotate(
        end=Subquery(events.values("digest")[:1]), sealed=Subquery(seals.values("event")[:1])
    )
    found = found.select_related("award", "register").exclude(end=F("sealed"))
    for entry in list(found.order_by("pk")):
        if not any(faults_of_entry(entry)):
            seal(entry)


def _says(one: EntrySeal) -> dict[str, Any]:
    return {
        "entry": one.entry_id,
        "recorded_at": one.recorded_at,
        "fields": one.fields,
        "event": one.event,
    }


def _link(one: EntrySeal) -> Link:
    return Link(one.number, _says(one), one.before, one.digest)


def faults_of_entry(entry: Entry) -> Iterator[Fault]:
    """Where its events, its record or its seals do not hold; nothing when all do."""
    number = entry.award.number
    for one in faults_of(entry.award):
        yield Fault(number, f"event {one.number} {one.problem}")
    sealed = sorted(entry.seals.all(), key=lambda one: one.number)
    for one in verify(_link(each) for each in sealed):
        yield Fault(number, f"seal {one.number} {one.problem}")
    if not sealed:
        yield Fault(number, "was never sealed")
        return
    if not _is_one_of(sealed[-1].fields, _digests(entry, sealed[-1].event)):
        yield Fault(number, "does not say what it said when it was sealed")
    there = {BEGINNING, *(one.digest for one in entry.award.events.all())}
    if any(one.event not in there for one in sealed):
        yield Fault(number, "has other events than when it was sealed")


def _is_one_of(digest: str, good: Iterable[str]) -> bool:
    return any(constant_time_compare(digest, each) for each in good)


# --- the register -------------------------------------------------------------------------------
def write_head(
    register: Register, *, until: datetime | None = None, faults: Iterable[Fault] = ()
) -> RegisterHead:
    """Put down the whole register as it was recorded before `until`, a quarter of an hour ago
    unless said otherwise, and never less than the seal before covers; and the first of the faults
    that were found when it was made."""
    said = [f"{one.where} {one.problem}" for one in islice(faults, MOST_FAULTS)]
    until = until or timezone.now() - SETTLED
    with transaction.atomic():
        Register.objects.select_for_update().get(pk=register.pk)
        last = RegisterHead.objects.filter(register=register).order_by("-number").first()
        until = max(until, last.until) if last else until
        entries, ends = _cover(register, until)
        made = RegisterHead(register=register, until=until, entries=entries, faults=said)
        made.covers = next(_covers(made, ends, last.digest if last else BEGINNING))
        link = next_link(_head_link(last) if last else None, _head_says(made))
        made.number, made.before, made.digest = link.number, link.before, link.digest
        made.save()
    return made


def _covers(head: RegisterHead, ends: str, before: str) -> Iterator[str]:
    """Keyed: the ends, and all else that a head says, with every head before it."""
    said = {**_head_says(head), "covers": ends, "before": before}
    return _keyed(SALT_OF_HEADS, said)


def _cover(register: Register, until: datetime) -> tuple[int, str]:
    """How many entries there were, and the digest over the ends of their chains."""
    whole, count = hashlib.sha256(), 0
    for line in _ends(register, until).iterator(chunk_size=2000):
        whole.update(canonical(list(line)) + b"\n")
        count += 1
    return count, whole.hexdigest()


def _ends(register: Register, until: datetime) -> QuerySet[Any, Any]:
    events = AwardEvent.objects.filter(award=OuterRef("award"), recorded_at__lt=until)
    seals = EntrySeal.objects.filter(entry=OuterRef("pk"), recorded_at__lt=until)
    found = Entry.objects.filter(register=register).annotate(
        event=Subquery(events.order_by("-number").values("digest")[:1]),
        sealed=Subquery(seals.order_by("-number").values("digest")[:1]),
    )
    found = found.filter(event__isnull=False).order_by("pk")
    return found.values_list("pk", "award__number", "event", "sealed")


def _head_says(one: RegisterHead) -> dict[str, Any]:
    return {
        "register": one.register_id,
        "until": one.until,
        "entries": one.entries,
        "covers": one.covers,
        "faults": one.faults,
    }


def _head_link(one: RegisterHead) -> Link:
    return Link(one.number, _head_says(one), one.before, one.digest)


def faults_of_register(
    register: Register, passed: Callable[[int], object] = lambda count: None
) -> Iterator[Fault]:
    """Everything that does not hold: entry by entry, awards that have no entry, then the heads.
    `passed` hears how many entries were looked through.

    Each end that the newest head covers holds all that came before it, so older heads need only
    hang together.
    """
    entries = Entry.objects.filter(register=register).select_related("award__version", "register")
    entries = entries.prefetch_related(
        "award__events", "seals", "former_names", "former_numbers", "sanctions"
    )
    for count, entry in enumerate(entries.order_by("pk").iterator(chunk_size=500), start=1):
        yield from faults_of_entry(entry)
        passed(count)
    lone = Award.objects.filter(version__key=register.standard, entry__isnull=True)
    for number in lone.values_list("number", flat=True):
        yield Fault(number, "has no entry on the register")
    yield from faults_of_heads(register)


def faults_of_heads(register: Register) -> Iterator[Fault]:
    heads = list(register.heads.order_by("number"))
    for one in verify(_head_link(each) for each in heads):
        yield Fault(f"head {one.number}", one.problem)
    if heads and not _holds(register, heads[-1]):
        when = timezone.localtime(heads[-1].until)
        yield Fault(
            f"head {heads[-1].number}",
            f"is not what the register holds of the time before {when:%-d %B %Y, %H:%M}",
        )


def _holds(register: Register, head: RegisterHead) -> bool:
    entries, ends = _cover(register, head.until)
    return entries == head.entries and _is_one_of(head.covers, _covers(head, ends, head.before))


def found_before(register: Register) -> list[Fault]:
    """What the heads wrote down when they were made, each thing once, by the first that found it.
    Told for good: a head that was made over a forged chain holds ever after."""
    found: dict[str, Fault] = {}
    for number, faults in register.heads.order_by("number").values_list("number", "faults"):
        for said in faults:
            found.setdefault(said, Fault(f"head {number}", f"wrote down that {said}"))
    return list(found.values())
