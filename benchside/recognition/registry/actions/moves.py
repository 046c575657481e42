"""Changing an entry: alone where the file lets a keeper, else one proposes and another confirms."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.organisations.models import Organisation
from benchside.recognition.entries import names
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import (
    ConductCase,
    Entry,
    Licence,
    ProposedMove,
    Sanction,
    Spell,
)
from benchside.recognition.registers.shapes import SanctionRule
from benchside.recognition.registry import life, mails, publishing, rules
from benchside.recognition.registry.enums import ConductState
from benchside.recognition.registry.life import Step
from benchside.recognition.registry.states import CONDUCT, OVER, PROPOSALS


def move_entry(
    *,
    actor: Actor,
    entry: Entry,
    verb: str,
    reason: str = "",
    effective_on: date | None = None,
    until: date | None = None,
    period_from: date | None = None,
    confirmed: Collection[str] = (),
    detail: Mapping[str, Any] | None = None,
) -> None:
    """Do what a keeper may do alone. Afterwards: the person gets a letter.

    Raises Denied; Refused when the file has no such move from here or on that day, when it needs
    two people, for leaving while a concern is being looked into, and for renewing past its checks.
    """
    if not rules.can_keep_or_system(actor, entry):
        raise Denied("entry.move")
    with transaction.atomic():
        held = Entry.objects.select_for_update().select_related("award").get(pk=entry.pk)
        step = _step(held, verb)
        if step.needs_two:
            raise Refused("This needs two people.", "Propose it; another confirms it.")
        _refuse_leaving(held, step)
        if step.move == life.renewing_move(held) and "renewal" not in (detail or {}):
            raise Refused("This is done by renewing it.", "That looks at what is missing first.")
        day = effective_on or timezone.localdate()
        _refuse_until(step, day, until)
        move_award(
            actor=actor,
            award=entry.award,
            verb=verb,
            reason=reason,
            effective_on=day,
            period_from=period_from,
            confirmed=confirmed,
            detail=_detail(detail, until),
        )
        _begin_spell(entry, step, day, until)


def propose_move(
    *,
    actor: Actor,
    entry: Entry,
    verb: str,
    reason: str = "",
    effective_on: date | None = None,
    until: date | None = None,
    confirmed: Collection[str] = (),
    published: str = "",
    words: str = "",
    case: ConductCase | None = None,
) -> ProposedMove:
    """Ask a second person to do what nobody does alone. Afterwards: those who may are told.

    Raises Denied; Refused when it could not be done, or something is proposed already.
    """
    with acting("entry.propose", actor=actor, subject=entry, may=rules.can_keep) as act:
        step, day = _step(entry, verb), effective_on or timezone.localdate()
        if not step.needs_two:
            raise Refused("This can be done by one person.", "Do it without proposing it.")
        _refuse_undoable(step, day, reason, confirmed)
        _refuse_until(step, day, until)
        rule = sanction_for(entry, verb, reason)
        try:
            with transaction.atomic():
                made = ProposedMove.objects.create(
                    entry=entry,
                    verb=verb,
                    reason=reason,
                    confirmed=[one for one in step.move.needs if one in confirmed],
                    effective_on=day,
                    until=until,
                    sanction=rule.kind if rule else "",
                    published=whole(published, 1000, "What everybody reads"),
                    words=whole(words, 4000, "What you wrote"),
                    case=case,
                    proposed_by=actor.person_id,
                )
        except IntegrityError as error:
            raise Refused(
                "Something is proposed for this entry already.", "That has to end first."
            ) from error
        act.note(proposal=made.pk, verb=verb)
        act.afterwards(lambda: mails.proposed(made))
    return made


def confirm_move(*, actor: Actor, proposal: ProposedMove) -> None:
    """Be the second person, and do it. Afterwards: the person gets a letter.

    Raises Denied, also for whoever proposed it; NoSuchMove, Overtaken; Refused when it can no
    longer be done.
    """
    with transaction.atomic():
        entry = Entry.objects.select_for_update().select_related("award").get(pk=proposal.entry_id)
        move(table=PROPOSALS, subject=proposal, verb="confirm", actor=actor)
        step = _step(entry, proposal.verb)
        move_award(
            actor=actor,
            award=entry.award,
            verb=proposal.verb,
            reason=proposal.reason,
            effective_on=proposal.effective_on,
            confirmed=proposal.confirmed,
            detail=_detail(
                {"proposed_by": str(proposal.proposed_by), "proposal": proposal.pk}, proposal.until
            ),
        )
        _begin_spell(entry, step, proposal.effective_on, proposal.until)
        if (rule := entry.register.rules.sanction(proposal.sanction)) is not None:
            impose(
                entry=entry,
                rule=rule,
                words=proposal.published,
                begins=proposal.effective_on,
                until=proposal.until,
                case=proposal.case,
            )
        _go_on_with_case(actor, proposal)


def _go_on_with_case(actor: Actor, proposal: ProposedMove) -> None:
    case = proposal.case
    if case is not None and case.state in {ConductState.CASE, ConductState.LOOKED_INTO}:
        move(table=CONDUCT, subject=case, verb="protect", actor=actor)


def refuse_move(*, actor: Actor, proposal: ProposedMove) -> None:
    """Say no as the second person. Raises Denied, NoSuchMove, Overtaken."""
    move(table=PROPOSALS, subject=proposal, verb="refuse", actor=actor)


def withdraw_move(*, actor: Actor, proposal: ProposedMove) -> None:
    """Take a proposal back. Raises Denied, NoSuchMove, Overtaken."""
    move(table=PROPOSALS, subject=proposal, verb="withdraw", actor=actor)


def impose(
    *,
    entry: Entry,
    rule: SanctionRule,
    words: str,
    begins: date,
    until: date | None,
    case: ConductCase | None,
) -> Sanction:
    """Keep what was decided, public for as long as the register's file says; called by what
    decides, inside its transaction. Afterwards: the entry's pages leave the cache."""
    made = Sanction.objects.create(
        entry=entry,
        kind=rule.kind,
        title=rule.title,
        words="" if rule.is_health else words,
        begins=begins,
        until=until,
        publish_until=publishing.publish_until(rule, begins, until),
        is_health=rule.is_health,
        case=case,
    )
    publish(ENTRY_CHANGED.key, entry_id=entry.pk, register=entry.register.slug)
    return made


def change_body(*, actor: Actor, entry: Entry, body: Organisation, membership: str = "") -> None:
    """Have somebody registered through another body, under the number they have.

    Raises Denied; Refused for a body without a licence today, and while a concern is looked into.
    """
    today = timezone.localdate()
    with acting("entry.change_body", actor=actor, subject=entry, may=rules.can_keep) as act:
        held = Entry.objects.select_for_update().get(pk=entry.pk)
        if held.body_id == body.pk:
            raise Refused("They are registered through this body already.", "Choose another.")
        live = Licence.objects.filter(register=held.register, body=body, starts_on__lte=today)
        if not live.exclude(ends_on__lt=today).exists():
            raise Refused(f"{body} has no licence for this register today.", "Choose another.")
        if has_open_case(held):
            raise Refused("Something about them is being looked into.", "That has to end first.")
        act.note(**{"from": held.body_id, "to": body.pk})
        entry.body, entry.membership = body, whole(membership, 40, "The membership number")
        entry.save(update_fields=["body", "membership"])
        names.index(entry)
        publish(ENTRY_CHANGED.key, entry_id=entry.pk, register=entry.register.slug)


def has_open_case(entry: Entry) -> bool:
    return entry.conduct_cases.exclude(state__in=OVER).exists()


def sanction_for(entry: Entry, verb: str, reason: str) -> SanctionRule | None:
    """The kind of sanction of the register's file that a move is the doing of."""
    found = entry.register.rules.sanctions
    return next((one for one in found if one.verb == verb and one.reason == reason), None)


def _step(entry: Entry, verb: str) -> Step:
    found = life.step_of(entry, verb)
    if found is None:
        others = ", ".join(one.verb for one in life.steps(entry)) or "nothing"
        raise Refused(
            f"“{verb}” cannot be done while {entry.award.number} is {entry.award.state}.",
            f"From here you can: {others}.",
        )
    return found


def _refuse_leaving(entry: Entry, step: Step) -> None:
    if not step.target.stands and step.target.public and has_open_case(entry):
        raise Refused(
            "Something about them is being looked into: nobody leaves meanwhile.",
            "That has to end first.",
        )


def _refuse_until(step: Step, day: date, until: date | None) -> None:
    if until is None:
        return
    if not step.may_end:
        raise Refused("This has no end that could be set.", "Leave the last day empty.")
    if until < day:
        raise Refused("The last day is before the first.", "Give a later one.")


def _refuse_undoable(step: Step, day: date, reason: str, confirmed: Collection[str]) -> None:
    if step.move.reasons and reason not in step.move.reasons:
        raise Refused(
            "This change needs its reason.", f"Choose one of: {', '.join(step.move.reasons)}."
        )
    if missing := [one for one in step.move.needs if one not in confirmed]:
        raise Refused(f"Not confirmed yet: {missing[0]}.", "Tick it once it is so.")
    if day < step.first:
        raise Refused(f"This cannot be done before {step.first:%-d %B %Y}.", "Come back then.")
    if step.last is not None and day > step.last:
        raise Refused(f"The last day for this was {step.last:%-d %B %Y}.", "They apply anew.")


def _detail(said: Mapping[str, Any] | None, until: date | None) -> dict[str, Any]:
    return dict(said or {}) | ({"until": until.isoformat()} if until else {})


def _begin_spell(entry: Entry, step: Step, day: date, until: date | None) -> None:
    if until is not None:
        Spell.objects.create(entry=entry, state=step.target.key, begins=day, until=until)
