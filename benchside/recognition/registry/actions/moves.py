"""Changing an entry: alone where the file lets a keeper, else one proposes and another confirms."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.assessment.actions import move_award, note_beside
from benchside.assessment.awarding.queries import state_of
from benchside.assessment.limits import whole
from benchside.core.actions import SYSTEM, Actor, Denied, Refused, acting
from benchside.core.permissions import is_system
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.organisations.models import Organisation
from benchside.recognition.entries import names, seals
from benchside.recognition.enums import FeeState
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
from benchside.recognition.registry.enums import ProposalState
from benchside.recognition.registry.life import Step
from benchside.recognition.registry.states import CONDUCT, OVER, PROPOSALS, PROTECTS

OWED = (FeeState.DUE, FeeState.INVOICED)


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
    two people or a fee first, while something else waits for a second person, for leaving while a
    concern is being looked into, and for renewing past its checks. What the clock does, and a
    death, wait for nobody. Refused also for a new year of who stayed on the register, as on a
    break, while the fee of the year they were asked for is open.
    """
    if not rules.can_keep_or_system(actor, entry):
        raise Denied("entry.move")
    with transaction.atomic():
        held = Entry.objects.select_for_update().select_related("award").get(pk=entry.pk)
        step = _step(held, verb)
        if step.needs_two:
            raise Refused("This needs two people.", "Propose it; another confirms it.")
        if not is_system(actor, held) and not step.waits_for_nobody:
            refuse_beside_proposal(held)
        _refuse_leaving(held, step)
        if step.fee and "request" not in (detail or {}):
            raise Refused("A fee is asked for this.", "Agree to it: it is done once it is settled.")
        if step.move == life.renewing_move(held) and "renewal" not in (detail or {}):
            raise Refused("This is done by renewing it.", "That looks at what is missing first.")
        _refuse_owing(held, step)
        day = effective_on or timezone.localdate()
        refuse_until(step, day, until)
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


def _refuse_owing(entry: Entry, step: Step) -> None:
    """A break asks for no fee meanwhile; what was asked for before it is still owed after it."""
    if not step.move.new_period or not state_of(entry.award).stands:
        return
    open_renewals = entry.renewals.filter(renewed_at=None, fee__state__in=OWED)
    made = open_renewals.select_related("fee").first()
    if made is not None and made.fee is not None:
        raise Refused(
            f"The fee of £{made.fee.amount} for their year is not settled.",
            "Mark it as paid, or ask for it no more.",
        )


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

    Raises Denied; Refused when it could not be done, without words for the second person, or when
    something is proposed already.
    """
    with acting("entry.propose", actor=actor, subject=entry, may=rules.can_keep) as act:
        held = Entry.objects.select_for_update().select_related("award").get(pk=entry.pk)
        refuse_beside_proposal(held)
        step, day = _step(held, verb), effective_on or timezone.localdate()
        if not step.needs_two:
            raise Refused("This can be done by one person.", "Do it without proposing it.")
        refuse_undoable(step, day, reason, confirmed)
        refuse_until(step, day, until)
        if not words.strip():
            raise Refused("The second person is not told why.", "Write why it should be done.")
        rule = sanction_for(entry, verb, reason)
        refuse_health_words(rule, published)
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
        act.note(proposal=made.pk, verb=verb)
        act.afterwards(lambda: mails.proposed(made))
    return made


def confirm_move(*, actor: Actor, proposal: ProposedMove) -> None:
    """Be the second person, and do it: from the day that was proposed, or from that of a change
    that came between, such as a renewal. Afterwards: the person gets a letter.

    Raises Denied, also for whoever proposed it; NoSuchMove, Overtaken; Refused when it can no
    longer be done.
    """
    with transaction.atomic():
        entry = Entry.objects.select_for_update().select_related("award").get(pk=proposal.entry_id)
        move(table=PROPOSALS, subject=proposal, verb="confirm", actor=actor)
        step, day = _step(entry, proposal.verb), takes_effect_on(proposal, entry)
        if proposal.until is not None and proposal.until < day:
            raise Refused("Its last day is over.", "Do not do it: it can be proposed anew.")
        move_award(
            actor=actor,
            award=entry.award,
            verb=proposal.verb,
            reason=proposal.reason,
            effective_on=day,
            confirmed=proposal.confirmed,
            detail=_detail(
                {"proposed_by": str(proposal.proposed_by), "proposal": proposal.pk}, proposal.until
            ),
        )
        _begin_spell(entry, step, day, proposal.until)
        if (rule := entry.register.rules.sanction(proposal.sanction)) is not None:
            impose(
                entry=entry,
                rule=rule,
                words=proposal.published,
                begins=day,
                until=proposal.until,
                case=proposal.case,
            )
        _go_on_with_case(actor, proposal)


def takes_effect_on(proposal: ProposedMove, entry: Entry) -> date:
    """From which day it would be if it were confirmed now."""
    return max(proposal.effective_on, life.began(entry))


def _go_on_with_case(actor: Actor, proposal: ProposedMove) -> None:
    case = proposal.case
    if case is not None and case.state in PROTECTS:
        move(table=CONDUCT, subject=case, verb="protect", actor=actor)


def refuse_move(*, actor: Actor, proposal: ProposedMove, why: str) -> None:
    """Say no as the second person, and why. Raises Denied, NoSuchMove, Overtaken; Refused without
    words. Afterwards: whoever proposed it gets a letter that leads to them."""
    if not why.strip():
        raise Refused("You have not said why.", "Whoever proposed it reads it.")
    said = {"answer": whole(why, 4000, "Your reason")}
    with transaction.atomic():
        move(table=PROPOSALS, subject=proposal, verb="refuse", actor=actor, columns=said)
        mails.not_confirmed(proposal)


def withdraw_move(*, actor: Actor, proposal: ProposedMove) -> None:
    """Take a proposal back. Raises Denied, NoSuchMove, Overtaken."""
    move(table=PROPOSALS, subject=proposal, verb="withdraw", actor=actor)


def end_overtaken(*, entry: Entry) -> None:
    """End what waits for a second person and can no longer be done, because the entry has changed
    meanwhile: its person has died, or another decision came first."""
    waiting = open_proposal(entry)
    if waiting is not None and life.step_of(entry, waiting.verb) is None:
        move(table=PROPOSALS, subject=waiting, verb="overtake", actor=SYSTEM)


def open_proposal(entry: Entry) -> ProposedMove | None:
    """What waits for a second person; there is at most one."""
    return entry.proposals.filter(state=ProposalState.OPEN).first()


def refuse_beside_proposal(entry: Entry) -> None:
    """Whoever confirms it has to find the entry as it was when it was proposed."""
    if open_proposal(entry) is not None:
        raise Refused(
            "Something is proposed for this entry already.",
            "That is confirmed, refused or taken back first.",
        )


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
    seals.seal(entry)
    publish(ENTRY_CHANGED.key, entry_id=entry.pk, register=entry.register.slug)
    return made


BODY_CHANGED = ("They asked for it", "The body gives up its licence", "It was written wrong")


def change_body(
    *,
    actor: Actor,
    entry: Entry,
    body: Organisation,
    membership: str = "",
    reason: str = "",
    on: date | None = None,
) -> None:
    """Have somebody registered through another body, under the number they have, from a day on;
    the `reason` is one of BODY_CHANGED.

    Raises Denied; Refused for a body without a licence today, for a day that cannot be, while a
    concern is looked into, and while something waits for a second person.
    """
    today = timezone.localdate()
    with acting("entry.change_body", actor=actor, subject=entry, may=rules.can_keep) as act:
        held = Entry.objects.select_for_update().get(pk=entry.pk)
        if held.body_id == body.pk:
            raise Refused("They are registered through this body already.", "Choose another.")
        live = Licence.objects.filter(register=held.register, body=body, starts_on__lte=today)
        if not live.exclude(ends_on__lt=today).exists():
            raise Refused(f"{body} has no licence for this register today.", "Choose another.")
        refuse_beside_proposal(held)
        if has_open_case(held):
            raise Refused("Something about them is being looked into.", "That has to end first.")
        if reason and reason not in BODY_CHANGED:
            raise Refused("There is no such reason.", "Choose one of the list.")
        said = {"from": held.body_id, "to": body.pk}
        act.note(**said)
        note_beside(
            act,
            award=held.award,
            what="entry.change-body",
            reason=reason,
            effective_on=on,
            detail=said,
        )
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


def refuse_health_words(rule: SanctionRule | None, published: str) -> None:
    """The second person would read them as if everybody would."""
    if rule is not None and rule.is_health and published.strip():
        raise Refused("Health is never published.", "Leave empty what everybody reads.")


def _step(entry: Entry, verb: str) -> Step:
    found = life.step_of(entry, verb)
    if found is None:
        title = state_of(entry.award).title
        raise Refused(
            f"This cannot be done now: {entry.award.number} stands as “{title}”.",
            "Somebody may have been here before you. Look at the entry again.",
        )
    return found


def _refuse_leaving(entry: Entry, step: Step) -> None:
    if not step.target.stands and step.target.public and has_open_case(entry):
        raise Refused(
            "Something about them is being looked into: nobody leaves meanwhile.",
            "That has to end first.",
        )


def refuse_until(step: Step, day: date, until: date | None) -> None:
    if until is None:
        return
    if not step.may_end:
        raise Refused("This has no end that could be set.", "Leave the last day empty.")
    if until < day:
        raise Refused("The last day is before the first.", "Give a later one.")
    if (last := step.ends_by(day)) is not None and until > last:
        raise Refused(
            f"The longest break that can be set is until {last:%-d %B %Y}.",
            "Give an earlier day, or leave it empty for no set end.",
        )


def refuse_undoable(step: Step, day: date, reason: str, confirmed: Collection[str]) -> None:
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
