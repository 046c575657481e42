"""Entries of a list written, and taken back: the engine makes their awards, this the rest."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from benchside.assessment.actions import bring_awards, take_back_awards
from benchside.assessment.actions.bringing import BATCH, Change, Past
from benchside.assessment.awarding.queries import version_in_force
from benchside.core.actions import Actor, Refused
from benchside.core.imports import Values
from benchside.organisations.models import Organisation
from benchside.people.models import Technician
from benchside.recognition.entries import names
from benchside.recognition.models import BroughtList, Entry, Fee, FormerName, Register

TAKEN_BACK = "Taken back: the list it came in was brought in by mistake."


def standing_entries(register: Register) -> QuerySet[Entry]:
    """All but those that were taken back with their list."""
    return Entry.objects.filter(register=register).exclude(hidden_basis=TAKEN_BACK)


def source_of(one: BroughtList) -> str:
    """How the chains name a list."""
    return f"list {one.pk}"


def kept(register: Register, numbers: Sequence[str]) -> dict[str, Values]:
    """What is there of these numbers, in the values of a list."""
    found: dict[str, Values] = {}
    for at in range(0, len(numbers), BATCH):
        entries = standing_entries(register).filter(award__number__in=numbers[at : at + BATCH])
        entries = entries.select_related("award", "body").prefetch_related(
            "former_names", "award__events"
        )
        some = list(entries)
        first = _first_numbers(one.award.technician_id for one in some)
        found |= {one.award.number: _values(one, first) for one in some}
    return found


def _first_numbers(technicians: Iterable[int | None]) -> dict[int, str]:
    """The number that each person had first."""
    rows = Entry.objects.filter(award__technician__in=set(technicians)).exclude(
        hidden_basis=TAKEN_BACK
    )
    numbers = rows.order_by("-pk").values_list("award__technician", "award__number")
    return dict(numbers)


def _values(one: Entry, first: Mapping[int, str]) -> Values:
    award = one.award
    number = first.get(award.technician_id or 0, award.number)
    return {
        "name": one.name,
        "former": [each.name for each in sorted(one.former_names.all(), key=lambda each: each.pk)],
        "body": one.body.slug,
        "membership": one.membership,
        "state": award.state,
        "admitted": one.admitted_on.isoformat(),
        "starts": award.period_start.isoformat(),
        "ends": award.period_end.isoformat() if award.period_end else None,
        "history": [
            [each.effective_on.isoformat(), each.target, each.reason] for each in _story(one)
        ],
        "with": "" if number == award.number else number,
    }


def _story(one: Entry) -> list[Any]:
    """Its events since it was brought in last."""
    events = sorted(one.award.events.all(), key=lambda each: each.number)
    starts = [place for place, each in enumerate(events) if each.verb == "grant"]
    return events[starts[-1] :] if starts else events


def add(one: BroughtList, actor: Actor, records: Mapping[str, Values]) -> None:
    """Make the entries of a list. Raises Denied, Refused."""
    version = version_in_force(one.register.standard)
    if version is None:
        raise Refused("The standard of this register is not in use.", "Publish it first.")
    people = _people(one.register, records)
    found = [_past(number, values, people[number]) for number, values in records.items()]
    awards = bring_awards(actor=actor, version=version, found=found, source=source_of(one))
    bodies = {body.slug: body for body in Organisation.objects.filter(
        slug__in={values["body"] for values in records.values()})}  # fmt: skip
    again = {each.award_id: each for each in _entries_of(awards)}
    entries = []
    for award, values in zip(awards, records.values(), strict=True):
        entry = again.get(award.pk) or Entry(award=award, register=one.register)
        entry.body, entry.name = bodies[values["body"]], values["name"]
        entry.membership, entry.admitted_on = values["membership"], _day(values["admitted"])
        entry.is_hidden, entry.hidden_basis = False, ""
        entries.append(entry)
    Entry.objects.bulk_create([each for each in entries if not each.pk], batch_size=BATCH)
    Entry.objects.bulk_update(
        list(again.values()),
        ["body", "name", "membership", "admitted_on", "is_hidden", "hidden_basis"],
        batch_size=BATCH,
    )
    FormerName.objects.bulk_create(
        [
            FormerName(entry=entry, name=name, until=_day(values["admitted"]))
            for entry, values in zip(entries, records.values(), strict=True)
            for name in values["former"]
        ],
        batch_size=BATCH,
    )
    for entry in entries:
        names.index(entry)


def _day(text: str) -> date:
    return date.fromisoformat(text)


def _past(number: str, values: Values, technician: Technician) -> Past:
    return Past(
        number=number,
        technician=technician,
        starts=_day(values["starts"]),
        ends=_day(values["ends"]) if values["ends"] else None,
        changes=[Change(_day(on), state, reason) for on, state, reason in values["history"]],
    )


def _people(register: Register, records: Mapping[str, Values]) -> dict[str, Technician]:
    """A person for every number; one for those that were said to be one."""
    new = [number for number, values in records.items() if not values["with"]]
    made = Technician.objects.bulk_create(
        [Technician(name=records[number]["name"]) for number in new], batch_size=BATCH
    )
    people = dict(zip(new, made, strict=True))
    elsewhere = {values["with"] for values in records.values()} - people.keys() - {""}
    here = standing_entries(register).filter(award__number__in=elsewhere)
    for each in here.select_related("award__technician"):
        if each.award.technician is not None:
            people[each.award.number] = each.award.technician
    for number, values in records.items():
        if values["with"]:
            if values["with"] not in people:
                raise Refused(f"{values['with']} is not there any more.", "Read the file again.")
            people[number] = people[values["with"]]
    return people


def _entries_of(awards: Sequence[Any]) -> Iterable[Entry]:
    """The entries that were taken back before with these awards."""
    for at in range(0, len(awards), BATCH):
        yield from Entry.objects.filter(award__in=awards[at : at + BATCH])


def take_back(one: BroughtList, actor: Actor, numbers: Sequence[str]) -> None:
    """As if the list had never come: nothing of anybody is left but numbers and chains.

    Raises Denied; Refused when somebody has claimed a record since, or a fee was asked for.
    """
    for at in range(0, len(numbers), BATCH):
        some = list(
            standing_entries(one.register)
            .filter(award__number__in=numbers[at : at + BATCH])
            .select_related("award__version", "award__technician")
        )
        _refuse_used(some)
        awards = [each.award for each in some]
        take_back_awards(actor=actor, awards=awards, source=source_of(one))
        FormerName.objects.filter(entry__in=some).delete()
        Entry.objects.filter(pk__in=[each.pk for each in some]).update(
            name="", membership="", is_hidden=True, hidden_basis=TAKEN_BACK
        )
        _forget(awards, some)
        for each in some:
            names.index(each)


def _refuse_used(entries: Sequence[Entry]) -> None:
    """Somebody who was on the register before keeps their record; who came with this list and has
    claimed it since is more than a row of a file."""
    if fee := Fee.objects.filter(entry__in=entries).select_related("entry__award").first():
        number = fee.entry.award.number if fee.entry else ""
        raise Refused(f"A fee was asked for {number} since.", "Change the entries by hand.")
    claimed = {
        one.award.technician_id: one.award.number
        for one in entries
        if one.award.technician is not None and one.award.technician.is_claimed
    }
    others = Entry.objects.filter(award__technician__in=claimed).exclude(hidden_basis=TAKEN_BACK)
    others = others.exclude(pk__in=[one.pk for one in entries])
    for technician in others.values_list("award__technician", flat=True):
        claimed.pop(technician, None)
    if claimed:
        number = next(iter(claimed.values()))
        raise Refused(f"Whoever holds {number} has signed in since.", "Change it by hand.")


def _forget(awards: Sequence[Any], taken: Sequence[Entry]) -> None:
    """Names of people who are on no register and in nobody's list. A number that was said to be
    somebody's who stays goes to nobody."""
    people = {one.technician_id for one in awards}
    others = Entry.objects.filter(award__technician__in=people).exclude(hidden_basis=TAKEN_BACK)
    stay = set(others.values_list("award__technician", flat=True))
    stay |= set(Technician.objects.claimed().filter(pk__in=people).values_list("pk", flat=True))
    now = timezone.now()
    for each in taken:
        if each.award.technician_id in stay:
            each.award.technician = Technician.objects.create(erased_at=now)
            each.award.save(update_fields=["technician"])
    Technician.objects.filter(pk__in=people - stay).update(name="", work_email="", erased_at=now)
