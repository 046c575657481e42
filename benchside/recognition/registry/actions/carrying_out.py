"""What follows for an entry from what was decided about a concern, and from an appeal that is
upheld; called by what decides, inside its transaction. One concern undoes nothing of another's."""

from datetime import date
from typing import Any

from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.core.actions import Actor
from benchside.core.registries import publish
from benchside.recognition.entries import seals
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import CaseDecision, ConductCase, Entry
from benchside.recognition.registry import life
from benchside.recognition.registry.actions.moves import impose
from benchside.recognition.registry.enums import ProposalState


def carry_out(actor: Actor, case: ConductCase, decision: CaseDecision, today: date) -> None:
    entry, register = case.entry, case.entry.register.rules
    rule = register.sanction(decision.outcome)
    said = {"case": case.pk, "proposed_by": str(decision.proposed_by)}
    drop_proposals(case)
    if rule is not None and rule.verb:
        until = {"until": decision.until.isoformat()} if decision.until else {}
        _do(actor, entry, rule.verb, rule.reason, said | until)
        if decision.until is not None:
            entry.spells.create(state=entry.award.state, begins=today, until=decision.until)
    else:
        reason = register.conduct.decided if rule else register.conduct.nothing_found
        _lift(actor, entry, reason, said, _brought_by(case, only_meanwhile=True))
    if rule is not None:
        impose(
            entry=entry,
            rule=rule,
            words=decision.published,
            begins=today,
            until=decision.until,
            case=case,
        )


def _do(actor: Actor, entry: Entry, verb: str, reason: str, detail: dict[str, Any]) -> None:
    entry.award.refresh_from_db()
    move_award(actor=actor, award=entry.award, verb=verb, reason=reason, detail=detail)


def _brought_by(case: ConductCase, *, only_meanwhile: bool = False) -> set[str]:
    """The states that this case has led to, by what is neither over nor overturned."""
    rules = case.entry.register.rules.sanctions
    targets = {one.verb: one.target for one in life.possible(case.entry)}
    lasting = case.sanctions.filter(ended_on__isnull=True, overturned_at__isnull=True)
    kinds = set(lasting.values_list("kind", flat=True))
    return {
        targets[one.verb]
        for one in rules
        if one.kind in kinds and one.verb in targets and (one.meanwhile or not only_meanwhile)
    }


def _lift(
    actor: Actor, entry: Entry, reason: str, detail: dict[str, Any], brought: set[str]
) -> None:
    """Lift a suspension where it is one of those `brought`, and the file has a way back."""
    entry.award.refresh_from_db()
    verb = entry.register.rules.conduct.lift
    if verb and entry.award.state in brought and life.step_of(entry, verb) is not None:
        move_award(actor=actor, award=entry.award, verb=verb, reason=reason, detail=detail)


def overturn(actor: Actor, case: ConductCase) -> None:
    """An appeal was upheld: what the case brought falls, and nothing of it is public any more."""
    reason, brought = case.entry.register.rules.conduct.upheld, _brought_by(case)
    case.sanctions.filter(overturned_at__isnull=True).update(overturned_at=timezone.now())
    seals.seal(case.entry)
    _lift(actor, case.entry, reason, {"case": case.pk}, brought)
    publish(ENTRY_CHANGED.key, entry_id=case.entry_id, register=case.entry.register.slug)


def drop_proposals(case: ConductCase) -> None:
    """What was proposed meanwhile and nobody confirmed ends with the case."""
    case.proposals.filter(state=ProposalState.OPEN).update(
        state=ProposalState.WITHDRAWN, closed_at=timezone.now()
    )
