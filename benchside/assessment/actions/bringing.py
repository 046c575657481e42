"""Bringing awards in that were made elsewhere, with their numbers and their history; taking a
whole list of them back."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils import timezone

from benchside.assessment import rules
from benchside.assessment.actions.awards import link_of, period_of, rules_of_version, says_of, tell
from benchside.assessment.chain import Link, next_link
from benchside.assessment.enums import Holder
from benchside.assessment.models import Award, AwardEvent, AwardNumbers, StandardVersion
from benchside.assessment.standards import AwardRules
from benchside.core.actions import Act, Actor, Refused, acting
from benchside.people.models import Technician

BATCH = 500
LARGEST = 99_999_999  # a longer run of digits is no number that one counts on from
BROUGHT, TAKEN_BACK = "bring", "take-back"


@dataclass(frozen=True, slots=True)
class Change:
    """One change of long ago: from which day it was in which state, and why."""

    on: date
    state: str
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """An award as another list has it. `changes` begin with the day it was given."""

    number: str
    technician: Technician
    starts: date
    ends: date | None
    changes: Sequence[Change]


def bring_awards(
    *,
    actor: Actor,
    version: StandardVersion,
    found: Sequence[Past],
    source: str,
    besides: Collection[str] = (),
) -> list[Award]:
    """Make awards of a list, in its order, each with a chain of its whole history.

    The days are those of the list; every event is recorded now, and says that it was brought in
    and from which `source`. Later numbers are counted on beyond these, and
    those `besides` that belong to somebody here. One that was taken back before goes on with its
    chain. Afterwards: whoever listens is told of each.

    Raises Denied; Refused when a number is in use or the standard gives no award.
    """
    award_rules = rules_of_version(version)
    with acting("award.bring", actor=actor, subject=version, may=rules.can_keep_awards) as act:
        _count_beyond(version.key, award_rules.number, [*besides, *(one.number for one in found)])
        made = _awards(version, found)
        _write(act, made, found, award_rules, source)
        act.note(count=len(made), source=source)
    return made


def _count_beyond(standard: str, prefix: str, numbers: Iterable[str]) -> None:
    """Locks the counter first: nobody is given one of these numbers meanwhile."""
    AwardNumbers.objects.get_or_create(standard=standard)
    counter = AwardNumbers.objects.select_for_update().get(standard=standard)
    counted = (_counted(one, prefix) for one in numbers)
    counter.last = max([counter.last, *(one for one in counted if one is not None)])
    counter.save(update_fields=["last"])


def _counted(number: str, prefix: str) -> int | None:
    digits = number.upper().removeprefix(prefix)
    if not (digits.isascii() and digits.isdecimal()) or int(digits) > LARGEST:
        return None
    return int(digits)


def _awards(version: StandardVersion, found: Sequence[Past]) -> list[Award]:
    numbers = [one.number for one in found]
    known = {one.number: one for some in _batches(numbers) for one in _known(some)}
    if used := [number for number, one in known.items() if not is_taken_back(one)]:
        raise Refused(f"{used[0]} is in use.", "Bring the file in again.")
    made: list[Award] = []
    again: list[Award] = []
    for one in found:
        award = known.get(one.number) or Award(number=one.number)
        award.version, award.holder = version, Holder.PERSON
        award.technician, award.state = one.technician, one.changes[-1].state
        award.period_start, award.period_end = one.starts, one.ends
        (again if award.pk else made).append(award)
    Award.objects.bulk_create(made, batch_size=BATCH)
    fields = ["version", "technician", "state", "period_start", "period_end"]
    Award.objects.bulk_update(again, fields, batch_size=BATCH)
    by_number = {one.number: one for one in (*made, *again)}
    return [by_number[number] for number in numbers]


def _known(numbers: Sequence[str]) -> Iterable[Award]:
    return Award.objects.select_for_update(of=["self"]).filter(number__in=numbers)


def is_taken_back(award: Award) -> bool:
    last = award.events.changes().order_by("-number").values_list("verb", flat=True).first()
    return last == TAKEN_BACK


def _write(
    act: Act, made: Sequence[Award], found: Sequence[Past], award_rules: AwardRules, source: str
) -> None:
    last = _last_links(made)
    verbs = {(state, one.target): one.verb for one in award_rules.moves for state in one.source}
    events: list[AwardEvent] = []
    for award, one in zip(made, found, strict=True):
        link, before = last.get(award.pk), ""
        for place, change in enumerate(one.changes):
            verb = "grant" if place == 0 else verbs.get((before, change.state), BROUGHT)
            said: dict[str, Any] = {"brought": source}
            if place == len(one.changes) - 1:  # a list tells of one period, the present one
                said["period"] = period_of(award)
            event = _event(act, award, verb, before, change, said)
            link = _chain(event, link)
            events.append(event)
            before = change.state
    AwardEvent.objects.bulk_create(events, batch_size=BATCH)
    newest = {one.award_id: one for one in events}
    for award in made:
        tell(award, award_rules, BROUGHT, newest[award.pk])


def _event(
    act: Act, award: Award, verb: str, source: str, change: Change, detail: Mapping[str, Any]
) -> AwardEvent:
    return AwardEvent(
        award=award,
        verb=verb,
        source=source,
        target=change.state,
        reason=change.reason,
        effective_on=change.on,
        recorded_at=timezone.now(),
        actor=act.actor.person_id,
        detail=dict(detail),
    )


def _chain(event: AwardEvent, last: Link | None) -> Link:
    link = next_link(last, says_of(event))
    event.number, event.before, event.digest = link.number, link.before, link.digest
    return link


def _last_links(awards: Iterable[Award]) -> dict[int, Link]:
    """The last link of those that have a chain already."""
    found: dict[int, Link] = {}
    for some in _batches([one.pk for one in awards]):
        events = AwardEvent.objects.filter(award__in=some).select_related("award")
        found |= {one.award_id: link_of(one) for one in events.order_by("award", "number")}
    return found


def take_back_awards(*, actor: Actor, awards: Sequence[Award], source: str) -> None:
    """Say of awards that were brought in that they never should have been. Their numbers stay
    theirs, and their chains say so; the same list, mended, may bring them in again.

    Afterwards: whoever listens is told of each. Raises Denied; Refused when something happened to
    one of them since.
    """
    if not awards:
        return
    version = awards[0].version
    award_rules = rules_of_version(version)
    with acting("award.take_back", actor=actor, subject=version, may=rules.can_keep_awards) as act:
        links = _last_links(awards)
        first = _first_days(awards)
        off = _off(award_rules)
        events = []
        for award in awards:
            said = links[award.pk].says
            if said["detail"].get("brought") != source:
                raise Refused(f"{award.number} was changed since.", "Change it by hand.")
            change = Change(first[award.pk], off)
            event = _event(act, award, TAKEN_BACK, award.state, change, {"brought": source})
            _chain(event, links[award.pk])
            events.append(event)
            award.state = off
        AwardEvent.objects.bulk_create(events, batch_size=BATCH)
        Award.objects.bulk_update(awards, ["state"], batch_size=BATCH)
        for award, event in zip(awards, events, strict=True):
            tell(award, award_rules, TAKEN_BACK, event)
        act.note(count=len(awards), source=source)


def _first_days(awards: Iterable[Award]) -> dict[int, date]:
    """The earliest day of each: from then on it never was."""
    found: dict[int, date] = {}
    for some in _batches([one.pk for one in awards]):
        events = AwardEvent.objects.filter(award__in=some).order_by("-effective_on")
        found |= dict(events.values_list("award_id", "effective_on"))
    return found


def _off(award_rules: AwardRules) -> str:
    """The state of what should never have been: "annulled" where the file has it, else the last
    one that does not stand."""
    off = [one.key for one in award_rules.states if not one.stands]
    if not off:
        raise Refused("This standard has no state that does not stand.", "Give its file one.")
    return "annulled" if "annulled" in off else off[-1]


def _batches(items: Sequence[Any]) -> Iterator[Sequence[Any]]:
    return (items[at : at + BATCH] for at in range(0, len(items), BATCH))
