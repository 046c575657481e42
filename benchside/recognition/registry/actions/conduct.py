"""A concern about somebody's conduct, from its arrival to its end. Two people decide, and a third
hears an appeal; the person concerned is told, and answers."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from benchside.assessment.limits import whole
from benchside.core.actions import SYSTEM, Actor, Denied, Refused, acting
from benchside.core.permissions import anybody
from benchside.core.states import move
from benchside.recognition.models import (
    CaseDecision,
    CaseNote,
    ConductCase,
    Entry,
    ProposedMove,
)
from benchside.recognition.registers.shapes import SanctionRule
from benchside.recognition.registry import life, mails, rules
from benchside.recognition.registry.actions.carrying_out import carry_out, drop_proposals, overturn
from benchside.recognition.registry.actions.moves import propose_move, refuse_health_words
from benchside.recognition.registry.enums import ConductState
from benchside.recognition.registry.publishing import months_later
from benchside.recognition.registry.states import CONDUCT, OVER, PROTECTS

HEARD_WITHIN_MONTHS = 24
SENT_AGAIN_WITHIN = timedelta(days=1)


def raise_concern(
    *, actor: Actor, entry: Entry, said: str, name: str = "", reply_to: str = ""
) -> ConductCase:
    """Write down what somebody says; no account is needed. The same words sent again, as by going
    back, are the same concern. Raises Refused without words. Afterwards: those who keep the
    register are told that there is something, not what."""
    if not said.strip():
        raise Refused("There is nothing in it.", "Write what happened, then send it.")
    words = {
        "said": whole(said, 6000, "What you wrote"),
        "name": whole(name, 120, "The name"),
        "reply_to": reply_to,
    }
    with transaction.atomic():
        held = Entry.objects.select_for_update(of=("self",)).get(pk=entry.pk)
        since = timezone.now() - SENT_AGAIN_WITHIN
        known = ConductCase.objects.filter(entry=held, made_at__gte=since, **words).first()
        if known is not None:
            return known
        with acting("conduct.raise", actor=actor, subject=entry, may=anybody) as act:
            made = ConductCase.objects.create(entry=entry, **words)
            act.about(made)
            act.afterwards(lambda: mails.concern_received(made))
    return made


def _step(
    case: ConductCase, verb: str, actor: Actor, columns: Mapping[str, Any] | None = None
) -> None:
    move(
        table=CONDUCT,
        subject=case,
        verb=verb,
        actor=actor,
        columns={"moved_at": timezone.now(), **(columns or {})},
    )


def look_into(*, actor: Actor, case: ConductCase, told: str) -> None:
    """Take it up, and say to the person concerned what it is about. Raises Denied, NoSuchMove,
    Overtaken; Refused without words. Afterwards: they get a letter that leads to them."""
    if not told.strip():
        raise Refused("You have not said what they are told.", "They answer what they read here.")
    columns = {"told": whole(told, 4000, "What they are told"), "told_at": timezone.now()}
    with transaction.atomic():
        _step(case, "look-into", actor, columns)
        mails.told_of_concern(case)


def answer_concern(*, actor: Actor, case: ConductCase, answer: str) -> None:
    """Say one's own side, until it is decided; a later answer takes the place of the first.
    Raises Denied; Refused without words, before one was told, and afterwards."""
    if not answer.strip():
        raise Refused("There is nothing in it.", "Write your side of it.")
    with acting("conduct.answer", actor=actor, subject=case, may=rules.is_holder):
        held = ConductCase.objects.select_for_update().get(pk=case.pk)
        closed = {*OVER, ConductState.DECIDED, ConductState.PROPOSED, ConductState.APPEALED}
        if held.told_at is None or held.state in closed:
            raise Refused("This cannot be answered now.", "Look at what was decided.")
        case.answer, case.answered_at = whole(answer, 6000, "Your answer"), timezone.now()
        case.save(update_fields=["answer", "answered_at"])


def write_note(*, actor: Actor, case: ConductCase, text: str) -> CaseNote:
    """Write something down for those who work on it. Raises Denied; Refused without words."""
    if not text.strip():
        raise Refused("There is nothing in it.", "Write your note.")
    with acting("conduct.note", actor=actor, subject=case, may=rules.can_see_case):
        return CaseNote.objects.create(
            case=case, text=whole(text, 4000, "Your note"), made_by=actor.person_id
        )


def find_no_case(*, actor: Actor, case: ConductCase, why: str) -> None:
    """End it: there is nothing to answer. Raises Denied, NoSuchMove, Overtaken; Refused without a
    reason. Afterwards: whoever wrote is told that it was looked into, and the person if they knew.
    """
    if not why.strip():
        raise Refused("You have not said why.", "Write it down: it is kept with the case.")
    with transaction.atomic():
        _step(case, "find-no-case", actor)
        CaseNote.objects.create(
            case=case, text=whole(why, 4000, "Your reason"), made_by=actor.person_id
        )
        drop_proposals(case)
        mails.concern_ended(case)


def find_case(*, actor: Actor, case: ConductCase) -> None:
    """Say that there is a case to answer. Raises Denied, NoSuchMove, Overtaken, NeedsMore."""
    _step(case, "find-case", actor)


def propose_interim(*, actor: Actor, case: ConductCase, words: str) -> ProposedMove:
    """Ask a second person to suspend somebody meanwhile, because others must be protected.

    Raises Denied; Refused when the register's file has no such measure, and as `propose_move`.
    """
    if case.state not in PROTECTS:
        raise Refused("This cannot be done now.", "Look at what state the case is in.")
    entry = case.entry
    rule = next((one for one in entry.register.rules.sanctions if one.meanwhile), None)
    if rule is None:
        raise Refused("This register knows no such measure.", "Its file has none.")
    return propose_move(
        actor=actor, entry=entry, verb=rule.verb, reason=rule.reason, words=words, case=case
    )


def call_hearing(*, actor: Actor, case: ConductCase, hearing_on: date) -> None:
    """Set the day on which it is heard, or another one before anything is proposed. Raises Denied,
    NoSuchMove, Overtaken; Refused for a day that is over, set already, or more than two years
    ahead. Afterwards: the person gets a letter."""
    today = timezone.localdate()
    last = months_later(today, HEARD_WITHIN_MONTHS)
    if hearing_on < today:
        raise Refused("That day is over.", "Give one from today on.")
    if hearing_on > last:
        raise Refused("That day is too far ahead.", f"Give one until {last:%-d %B %Y}.")
    if case.state == ConductState.HEARING and hearing_on == case.hearing_on:
        raise Refused("It is heard on that day already.", "Give another one.")
    with transaction.atomic():
        _step(case, "call-hearing", actor, {"hearing_on": hearing_on})
        mails.hearing_called(case)


def propose_decision(
    *,
    actor: Actor,
    case: ConductCase,
    outcome: str,
    reasons: str,
    published: str = "",
    until: date | None = None,
) -> CaseDecision:
    """Write down what should be decided. `outcome` is a kind of the register's file, or empty.

    Raises Denied, NoSuchMove, Overtaken; NeedsMore before the day of the hearing; Refused without
    reasons, for a kind that the file does not have, for words to everybody about health, for a
    last day that is over, and for one of what has no end.
    """
    if not reasons.strip():
        raise Refused("There are no reasons.", "The person and the second person read them.")
    rule = _rule(case, outcome)
    refuse_health_words(rule, published)
    if until is not None and until <= timezone.localdate():
        raise Refused("The last day is over.", "Give a later one, or none.")
    _refuse_end(case, rule, until, "Leave the last day empty.")
    with transaction.atomic():
        _step(case, "propose", actor)
        return CaseDecision.objects.create(
            case=case,
            outcome=rule.kind if rule else "",
            reasons=whole(reasons, 4000, "The reasons"),
            published=whole(published, 1000, "What everybody reads"),
            until=until if rule else None,
            proposed_by=actor.person_id,
        )


def _rule(case: ConductCase, outcome: str) -> SanctionRule | None:
    if not outcome:
        return None
    rule = case.entry.register.rules.sanction(outcome)
    if rule is None or rule.meanwhile:
        raise Refused("There is no such outcome.", "Choose one of the list.")
    return rule


def _refuse_end(
    case: ConductCase, rule: SanctionRule | None, until: date | None, remedy: str
) -> None:
    """A day to end on is for what changes no state, and for a state that the file gives one to."""
    if until is None or rule is None or not rule.verb:
        return
    timed, moves = case.entry.register.rules.timed, life.possible(case.entry)
    if not any(one.verb == rule.verb and one.target in timed for one in moves):
        raise Refused("This has no end that could be set.", remedy)


def is_too_late(decision: CaseDecision) -> bool:
    """Whether the last day of what was proposed went by while it waited."""
    return decision.until is not None and decision.until < timezone.localdate()


def proposed_decision(case: ConductCase) -> CaseDecision | None:
    return case.decisions.filter(confirmed_at__isnull=True, sent_back_at__isnull=True).first()


def confirm_decision(*, actor: Actor, decision: CaseDecision) -> None:
    """Decide it as it was proposed, as a second person; what follows for the entry is done.

    Raises Denied, also for whoever proposed it; NoSuchMove, Overtaken; Refused once another is
    proposed, when its last day is over, for a last day of what has no end, and when the entry can
    no longer be changed so. Afterwards: the person gets a letter with the reasons.
    """
    case = decision.case
    with transaction.atomic():
        _step(case, "confirm", actor)
        _refuse_closing(decision, actor)
        _refuse_undoable(decision)
        today, days = timezone.localdate(), case.entry.register.rules.conduct.appeal_days
        decision.confirmed_at, decision.confirmed_by = timezone.now(), actor.person_id
        decision.appeal_by = today + timedelta(days=days)
        decision.save(update_fields=["confirmed_at", "confirmed_by", "appeal_by"])
        carry_out(actor, case, decision, today)
        mails.case_decided(case, decision)


def _refuse_closing(decision: CaseDecision, actor: Actor) -> None:
    """What one proposed, another closes, who has read this one and not what it was before."""
    _refuse_replaced(decision)
    if decision.proposed_by == actor.person_id:
        raise Denied("conduct.confirm")


def _refuse_undoable(decision: CaseDecision) -> None:
    case, remedy = decision.case, "Send it back: it can be proposed anew."
    if is_too_late(decision):
        raise Refused("Its last day is over.", remedy)
    _refuse_end(case, case.entry.register.rules.sanction(decision.outcome), decision.until, remedy)


def _refuse_replaced(decision: CaseDecision) -> None:
    held = CaseDecision.objects.select_for_update().get(pk=decision.pk)
    if held.sent_back_at is not None:
        raise Refused("It has changed since you read it.", "Read it again.")


def send_back(*, actor: Actor, decision: CaseDecision, why: str) -> None:
    """Do not confirm it; it is proposed anew. Raises Denied, NoSuchMove, Overtaken; Refused
    without words, and once another is proposed."""
    if not why.strip():
        raise Refused("You have not said why.", "Whoever proposed it reads it.")
    case = decision.case
    with transaction.atomic():
        _step(case, "send-back", actor)
        _refuse_closing(decision, actor)
        decision.sent_back_at = timezone.now()
        decision.save(update_fields=["sent_back_at"])
        write_note(actor=actor, case=case, text=why)


def withdraw_decision(*, actor: Actor, decision: CaseDecision) -> None:
    """Take back what one proposed, while nobody has confirmed it. Raises Denied for everybody
    else; NoSuchMove, Overtaken; Refused once another is proposed."""
    with transaction.atomic():
        _step(decision.case, "withdraw", actor)
        _refuse_replaced(decision)
        decision.sent_back_at = timezone.now()
        decision.save(update_fields=["sent_back_at"])


def appeal_decision(*, actor: Actor, case: ConductCase, grounds: str) -> None:
    """Ask for another look, within the time. Raises Denied, NoSuchMove, NeedsMore; Refused
    without grounds. Afterwards: those who could hear it are told."""
    if not grounds.strip():
        raise Refused("There are no grounds.", "Say what was wrong with the decision.")
    with transaction.atomic():
        _step(case, "appeal", actor)
        decision = case.decisions.filter(confirmed_at__isnull=False).latest("confirmed_at")
        decision.appeal = whole(grounds, 4000, "The grounds")
        decision.appealed_at = timezone.now()
        decision.save(update_fields=["appeal", "appealed_at"])
        mails.appealed(case)


def hear_appeal(*, actor: Actor, case: ConductCase, upheld: bool, words: str) -> None:
    """Decide an appeal, as somebody who neither proposed nor confirmed. Upheld: what it brought
    is lifted, or whoever was removed is put back where they were, as far as the file has a way,
    and is public no more.

    Raises Denied, NoSuchMove, Overtaken; Refused without words. Afterwards: the person is told.
    """
    if not words.strip():
        raise Refused("You have not said why.", "The person reads it.")
    with transaction.atomic():
        _step(case, "uphold" if upheld else "dismiss", actor)
        decision = case.decisions.filter(confirmed_at__isnull=False).latest("confirmed_at")
        if actor.person_id in {decision.proposed_by, decision.confirmed_by}:
            raise Denied("conduct.hear")
        decision.heard = whole(words, 4000, "What you wrote")
        decision.heard_at, decision.heard_by = timezone.now(), actor.person_id
        decision.save(update_fields=["heard", "heard_at", "heard_by"])
        if upheld:
            overturn(actor, case)
        mails.appeal_heard(case, decision)


def close_case(*, case: ConductCase) -> None:
    """Close what was decided once the time to appeal is over; the clock's. Raises NoSuchMove,
    NeedsMore, Overtaken."""
    _step(case, "close", SYSTEM)
