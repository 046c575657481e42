"""Granting an award, and every later change of it: a link of its chain each.

The states and who may change them come from the standard's file, so that a register and a mark
need no code of their own here.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.db.models import F, QuerySet
from django.utils import timezone

from benchside.assessment import rules
from benchside.assessment.chain import Link, next_link
from benchside.assessment.enums import Holder
from benchside.assessment.events import AWARD_CHANGED
from benchside.assessment.models import Award, AwardEvent, AwardNumbers, StandardVersion, Submission
from benchside.assessment.periods import months_after
from benchside.assessment.standards import AwardMove, AwardRules
from benchside.assessment.standards.shapes import in_words
from benchside.core.actions import Act, Actor, Denied, Refused, acting
from benchside.core.registries import publish
from benchside.organisations.models import Organisation
from benchside.people.models import Technician


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """To whom an award goes, at which level, from which day, and on which submission."""

    organisation: Organisation | None = None
    technician: Technician | None = None
    level: str = ""
    starts_on: date
    submission: Submission | None = None


def grant_award(*, actor: Actor, version: StandardVersion, given: Given) -> Award:
    """Make an award under the next number of its standard. Afterwards: whoever listens is told.

    Raises Denied; Refused when the standard gives no award.
    """
    award_rules = rules_of_version(version)
    with acting("award.grant", actor=actor, subject=version, may=rules.can_keep_awards) as act:
        award = Award.objects.create(
            number=_next_number(version.key, award_rules.number),
            version=version,
            submission=given.submission,
            holder=Holder.PERSON if given.technician else Holder.ORGANISATION,
            organisation=given.organisation,
            technician=given.technician,
            level=given.level,
            state=award_rules.start,
            period_start=given.starts_on,
            period_end=months_after(given.starts_on, award_rules.months),
        )
        act.about(award)
        said = {"period": period_of(award)}
        _record(act, award, verb="grant", source="", effective_on=given.starts_on, detail=said)
    return award


def move_award(
    *,
    actor: Actor,
    award: Award,
    verb: str,
    reason: str = "",
    effective_on: date | None = None,
    period_from: date | None = None,
    confirmed: Collection[str] = (),
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Do `verb`, as the standard's file allows it from the state the award is in.

    `effective_on` may lie before today, never before the last event; a new period begins on it, or
    on `period_from`. `confirmed` is what the file has whoever does it confirm, word for word; it
    is kept with the event. Raises Denied, and Refused when the file has no such move from here, or
    not on that day, or a reason or a word is wanting.
    """
    with acting(f"award.{verb}", actor=actor, subject=award, may=rules.can_move_awards) as act:
        held = Award.objects.select_for_update().get(pk=award.pk)
        step = _step(held, verb, reason)
        if not rules.may_move(actor, held, step):
            raise Denied(f"award.{verb}")
        day = effective_on or timezone.localdate()
        _refuse_day(held, step, day)
        if missing := [one for one in step.needs if one not in confirmed]:
            raise Refused(f"Not confirmed yet: {missing[0]}.", "Tick it once it is so.")
        said = dict(detail or {}) | ({"confirmed": list(step.needs)} if step.needs else {})
        source, held.state = held.state, step.target
        if step.new_period:
            held.period_start = period_from or day
            held.period_end = months_after(held.period_start, rules_of_version(held.version).months)
            said["period"] = period_of(held)
        held.save(update_fields=["state", "period_start", "period_end"])
        award.state, award.period_start = held.state, held.period_start
        award.period_end = held.period_end
        _record(act, held, verb=verb, source=source, reason=reason, effective_on=day, detail=said)


def _refuse_day(award: Award, step: AwardMove, day: date) -> None:
    """A move may be possible only so many days after the state began, or so many at most."""
    began = (
        award.events.exclude(source=F("target"))
        .order_by("-number")
        .values_list("effective_on", flat=True)
        .first()
    )
    if began is None:
        return
    first = began + timedelta(days=step.from_days)
    if step.from_days and day < first:
        raise Refused(f"This cannot be done before {first:%-d %B %Y}.", "Come back then.")
    if step.until_days is not None and day > (last := began + timedelta(days=step.until_days)):
        raise Refused(f"The last day for this was {last:%-d %B %Y}.", "They apply anew instead.")


def rules_of_version(version: StandardVersion) -> AwardRules:
    if (found := version.standard.award) is None:
        raise Refused(f"{version.title} gives no award.", "Its file has no [award].")
    return found


def _next_number(standard: str, prefix: str) -> str:
    AwardNumbers.objects.get_or_create(standard=standard)
    counter = AwardNumbers.objects.select_for_update().get(standard=standard)
    counter.last += 1
    counter.save(update_fields=["last"])
    return f"{prefix}{counter.last:06d}"


def _step(award: Award, verb: str, reason: str) -> AwardMove:
    award_rules = rules_of_version(award.version)
    moves = [one for one in award_rules.moves if award.state in one.source]
    found = next((one for one in moves if one.verb == verb), None)
    if found is None:
        state = next(one.title for one in award_rules.states if one.key == award.state)
        others = ", ".join(f"“{one.title}”" for one in moves) or "nothing"
        raise Refused(
            f"“{in_words(verb)}” cannot be done while {award.number} stands as “{state}”.",
            f"From here you can: {others}.",
        )
    if found.reasons and reason not in found.reasons:
        raise Refused(
            "This change needs its reason.", f"Choose one of: {', '.join(found.reasons)}."
        )
    return found


def _record(
    act: Act,
    award: Award,
    *,
    verb: str,
    source: str,
    effective_on: date,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> None:
    # A note has no say in when a state begins: a resignation of last week may be written down
    # after a change of name of today.
    _refuse_before(award.events.changes(), award, effective_on)
    event = _link(act, award, verb, source, effective_on, reason, detail)
    act.note(verb=verb, **{"from": source, "to": award.state})
    tell(award, rules_of_version(award.version), verb, event)


def note_beside(
    act: Act,
    *,
    award: Award,
    what: str,
    effective_on: date | None = None,
    reason: str = "",
    detail: Mapping[str, Any] | None = None,
) -> date:
    """Put what changed about an award beside its state into its chain: no name, no words of
    anybody's, for a chain is for ever. Returns the day: the one given, or today, or that of the
    last event where it lies ahead.

    Called by the action of a thin room, inside its act, which asked whether the actor may. Raises
    Refused for a day to come, and for one before the last event.
    """
    held = Award.objects.select_for_update().get(pk=award.pk)
    last = held.events.order_by("-number").values_list("effective_on", flat=True).first()
    day = effective_on or max(timezone.localdate(), last or date.min)
    if effective_on is not None and effective_on > timezone.localdate():
        raise Refused("This day is still to come.", "Give today or an earlier one.")
    _refuse_before(held.events.all(), held, day)
    _link(act, held, what, held.state, day, reason, detail)
    return day


def _refuse_before(events: QuerySet[AwardEvent], award: Award, day: date) -> None:
    last = events.order_by("-number").values_list("effective_on", flat=True).first()
    if last is not None and day < last:
        raise Refused(
            f"The last change of {award.number} took effect on {last:%-d %B %Y}.",
            "Give a day that is not before it.",
        )


def _link(
    act: Act,
    award: Award,
    verb: str,
    source: str,
    effective_on: date,
    reason: str,
    detail: Mapping[str, Any] | None,
) -> AwardEvent:
    last = AwardEvent.objects.filter(award=award).order_by("-number").first()
    event = AwardEvent(
        award=award,
        verb=verb,
        source=source,
        target=award.state,
        reason=reason,
        effective_on=effective_on,
        recorded_at=timezone.now(),
        actor=act.actor.person_id,
        detail=dict(detail or {}),
    )
    link = next_link(link_of(last) if last else None, says_of(event))
    event.number, event.before, event.digest = link.number, link.before, link.digest
    event.save()
    return event


def tell(award: Award, award_rules: AwardRules, verb: str, event: AwardEvent) -> None:
    """Whoever listens hears what happened, once it is committed, and as which link of its chain."""
    states = {one.key: one for one in award_rules.states}
    publish(
        AWARD_CHANGED.key,
        award_id=award.pk,
        number=award.number,
        standard=award.version.key,
        link=event.number,
        verb=verb,
        target=award.state,
        stands=states[award.state].stands,
    )


def period_of(award: Award) -> list[str | None]:
    """From when until when, as an event that begins a period keeps it."""
    return [str(award.period_start), str(award.period_end) if award.period_end else None]


def says_of(event: AwardEvent) -> dict[str, Any]:
    """What the chain keeps of an event: all of it but its place and its digests."""
    return {
        "award": event.award.number,
        "verb": event.verb,
        "source": event.source,
        "target": event.target,
        "reason": event.reason,
        "effective_on": event.effective_on,
        "recorded_at": event.recorded_at,
        "actor": event.actor,
        "detail": event.detail,
    }


def link_of(event: AwardEvent) -> Link:
    return Link(event.number, says_of(event), event.before, event.digest)
