"""Entries of a list written, and taken back: the engine makes their awards, this the rest."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from benchside.assessment.actions import bring_awards, take_back_awards
from benchside.assessment.actions.bringing import BATCH, Change, Past
from benchside.assessment.awarding.queries import version_in_force
from benchside.assessment.models import Award
from benchside.core.actions import Actor, Refused
from benchside.core.imports import Values
from benchside.organisations.models import Organisation
from benchside.people.models import Technician
from benchside.recognition.bringing import leaning
from benchside.recognition.entries import names
from benchside.recognition.models import BroughtList, Entry, FormerName, FormerNumber, Register

TAKEN_BACK = "Taken back: the list it came in was brought in by mistake."


def standing_entries(register: Register) -> QuerySet[Entry]:
    """All but those that were taken back with their list."""
    return Entry.objects.filter(register=register).exclude(hidden_basis=TAKEN_BACK)


def source_of(one: BroughtList) -> str:
    """How the chains name a list."""
    return f"list {one.pk}"


def kept(one: BroughtList) -> dict[str, Values]:
    """What is there of its numbers, in the values of a list."""
    found: dict[str, Values] = {}
    for at in range(0, len(one.numbers), BATCH):
        numbers = one.numbers[at : at + BATCH]
        entries = standing_entries(one.register).filter(award__number__in=numbers)
        entries = entries.select_related("award", "body").prefetch_related(
            "former_names", "award__events"
        )
        found |= {each.award.number: _values(each) for each in entries}
        found |= dict(_former_numbers(one, numbers).values_list("number", "said"))
    return found


def _former_numbers(one: BroughtList, numbers: Sequence[str]) -> QuerySet[FormerNumber]:
    return FormerNumber.objects.filter(entry__register=one.register, number__in=numbers)


def _values(one: Entry) -> Values:
    award = one.award
    former = sorted(one.former_names.all(), key=lambda each: each.pk)
    return {
        "name": one.name,
        "former": [each.name for each in former if each.came_with_id is None],
        "body": one.body.slug,
        "membership": one.membership,
        "state": award.state,
        "admitted": one.admitted_on.isoformat(),
        "starts": award.period_start.isoformat(),
        "ends": award.period_end.isoformat() if award.period_end else None,
        "history": [
            [each.effective_on.isoformat(), each.target, each.reason] for each in _story(one)
        ],
        "with": "",
    }


def _story(one: Entry) -> list[Any]:
    """Its events since it was brought in last."""
    every = [each for each in one.award.events.all() if not each.is_note]
    events = sorted(every, key=lambda each: each.number)
    starts = [place for place, each in enumerate(events) if each.verb == "grant"]
    return events[starts[-1] :] if starts else events


def add(one: BroughtList, actor: Actor, records: Mapping[str, Values]) -> None:
    """Make the entries of a list; a number of somebody who has an entry becomes a former number of
    it. Raises Denied, Refused."""
    version = version_in_force(one.register.standard)
    if version is None:
        raise Refused("The standard of this register is not in use.", "Publish it first.")
    own = {number: values for number, values in records.items() if not values["with"]}
    others = {number: values for number, values in records.items() if values["with"]}
    if used := FormerNumber.objects.filter(number__in=list(records)).first():
        raise Refused(f"{used.number} is in use.", "Bring the file in again.")
    people = _people(one, records)
    found = [_past(number, values, people[number]) for number, values in own.items()]
    awards = bring_awards(
        actor=actor, version=version, found=found, source=source_of(one), besides=list(others)
    )
    entries = _write_entries(one, awards, list(own.values()))
    here = _write_former_numbers(one, entries, others)
    for entry in (*entries.values(), *here.values()):
        names.index(entry)


def _write_entries(
    one: BroughtList, awards: Sequence[Award], said: Sequence[Values]
) -> dict[str, Entry]:
    """By number. One that was taken back before is there again."""
    bodies = {body.slug: body for body in Organisation.objects.filter(
        slug__in={values["body"] for values in said})}  # fmt: skip
    again = {each.award_id: each for each in _entries_of(awards)}
    entries = []
    for award, values in zip(awards, said, strict=True):
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
            for entry, values in zip(entries, said, strict=True)
            for name in values["former"]
        ],
        batch_size=BATCH,
    )
    return {entry.award.number: entry for entry in entries}


def _write_former_numbers(
    one: BroughtList, made: Mapping[str, Entry], others: Mapping[str, Values]
) -> dict[str, Entry]:
    """The entries of those who were here already and have another number now, by number."""
    wanted = {values["with"] for values in others.values()} - made.keys()
    here = _by_number(one, wanted)
    if gone := wanted - here.keys():
        raise Refused(f"{min(gone)} is not there any more.", "Read the file again.")
    entries = {**made, **here}
    numbers = FormerNumber.objects.bulk_create(
        [
            FormerNumber(entry=entries[values["with"]], number=number, said=values)
            for number, values in others.items()
        ],
        batch_size=BATCH,
    )
    FormerName.objects.bulk_create(
        [
            FormerName(
                entry=each.entry, came_with=each, name=name, until=_day(each.said["admitted"])
            )
            for each in numbers
            for name in dict.fromkeys([each.said["name"], *each.said["former"]])
            if name != each.entry.name
        ],
        batch_size=BATCH,
    )
    return here


def _by_number(one: BroughtList, numbers: Collection[str]) -> dict[str, Entry]:
    found = standing_entries(one.register).filter(award__number__in=numbers)
    return {each.award.number: each for each in found.select_related("award")}


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


def _people(one: BroughtList, records: Mapping[str, Values]) -> dict[str, Technician]:
    """A person for every entry; with whichever address was given under any of their numbers."""
    emails: dict[str, str] = {}
    for number in (each for each in records if one.emails.get(each)):
        emails.setdefault(records[number]["with"] or number, one.emails[number])
    new = [number for number, values in records.items() if not values["with"]]
    made = [Technician(name=records[one]["name"], work_email=emails.get(one, "")) for one in new]
    Technician.objects.bulk_create(made, batch_size=BATCH)
    return dict(zip(new, made, strict=True))


def _entries_of(awards: Sequence[Any]) -> Iterable[Entry]:
    """The entries that were taken back before with these awards."""
    for at in range(0, len(awards), BATCH):
        yield from Entry.objects.filter(award__in=awards[at : at + BATCH])


def take_back(one: BroughtList, actor: Actor, numbers: Sequence[str]) -> None:
    """As if the list had never come: nothing of anybody is left but numbers and chains.

    Raises Denied; Refused when somebody has claimed a record since, or anything leans on an entry.
    """
    entries_of_it = _refuse_used(one, numbers)
    _take_numbers_back(one, numbers)
    for some in entries_of_it:
        awards = [each.award for each in some]
        take_back_awards(actor=actor, awards=awards, source=source_of(one))
        FormerName.objects.filter(entry__in=some).delete()
        Entry.objects.filter(pk__in=[each.pk for each in some]).update(
            name="", membership="", is_hidden=True, hidden_basis=TAKEN_BACK
        )
        _forget(awards, some)
        for each in some:
            names.index(each)


def _take_numbers_back(one: BroughtList, numbers: Sequence[str]) -> None:
    """Former numbers that came with it, from those who stay too."""
    for at in range(0, len(numbers), BATCH):
        found = _former_numbers(one, numbers[at : at + BATCH])
        entries = [each.entry for each in found.select_related("entry")]
        found.delete()
        for entry in entries:
            names.index(entry)


def _standing(one: BroughtList, numbers: Sequence[str]) -> QuerySet[Entry]:
    found = standing_entries(one.register).filter(award__number__in=numbers)
    return found.select_related("award__version", "award__technician")


def may_be_taken_back(one: BroughtList) -> None:
    """Raises Refused where it is plain before anybody asks that it cannot be."""
    _refuse_used(one, one.numbers)


def _refuse_used(one: BroughtList, numbers: Sequence[str]) -> list[list[Entry]]:
    """Its entries in batches. Somebody who was on the register before keeps their record; who came
    with this list and has claimed it since is more than a row of a file. All are asked before one
    is touched."""
    batches = [
        list(_standing(one, numbers[at : at + BATCH])) for at in range(0, len(numbers), BATCH)
    ]
    entries = [each for some in batches for each in some]
    if other := _number_of_another_list(one, batches):
        raise Refused(
            f"{other.entry.award.number} is known under {other.number} too, by a later list.",
            "Take that list back first.",
        )
    stay = {person for some in batches for person in _known_before(some, entries)}
    claimed = [
        each.award.number
        for each in entries
        if each.award.technician is not None
        and each.award.technician.is_claimed
        and each.award.technician_id not in stay
    ]
    if claimed:
        more = len(claimed) - leaning.NAMED
        named = ", ".join(claimed[: leaning.NAMED]) + (f" and {more} more" if more > 0 else "")
        raise Refused(f"Whoever holds {named} has signed in since.", "Change it by hand.")
    for some in batches:
        leaning.refuse_leaned_on(some, stay=stay)
    return batches


def _number_of_another_list(
    one: BroughtList, batches: Iterable[Sequence[Entry]]
) -> FormerNumber | None:
    ours = set(one.numbers)
    for some in batches:
        found = FormerNumber.objects.filter(entry__in=some).select_related("entry__award")
        if other := next((each for each in found if each.number not in ours), None):
            return other
    return None


def _known_before(some: Sequence[Entry], entries: Sequence[Entry]) -> set[int]:
    """Those of them who are on a register otherwise than by this list."""
    ours = {one.pk for one in entries}
    people = {one.award.technician_id for one in some if one.award.technician_id is not None}
    others = Entry.objects.filter(award__technician__in=people).exclude(hidden_basis=TAKEN_BACK)
    rows = others.values_list("pk", "award__technician")
    return {technician for pk, technician in rows if pk not in ours and technician is not None}


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
