"""What follows for an entry from what was decided about a concern, and from an appeal that is
upheld; called by what decides, inside its transaction. One concern undoes nothing of another's."""

from datetime import date
from typing import Any

from django.utils import timezone

from benchside.assessment.actions import move_award
from benchside.assessment.awarding.queries import rules_of
from benchside.assessment.models import Award
from benchside.assessment.periods import months_after
from benchside.assessment.standards import AwardMove
from benchside.core.actions import Actor
from benchside.core.registries import publish
from benchside.recognition.entries import seals
from benchside.recognition.events import ENTRY_CHANGED
from benchside.recognition.models import CaseDecision, ConductCase, Entry
from benchside.recognition.registry import life
from benchside.recognition.registry.actions.moves import impose
from benchside.recognition.registry.enums import ProposalState
from benchside.recognition.registry.publishing import publish_until


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
    _lift(actor, case.entry, reason, {"case": case.pk}, brought)
    if case.entry.award.state in brought:
        _put_back(actor, case, reason)
    seals.seal(case.entry)
    publish(ENTRY_CHANGED.key, entry_id=case.entry_id, register=case.entry.register.slug)


def _put_back(actor: Actor, case: ConductCase, reason: str) -> None:
    """Undo a removal, where the file has a way: to where they were before, or, whoever stood, to
    standing with a period that runs. What held them then, such as a suspension, goes on."""
    award, since, before = case.entry.award, life.began(case.entry), _stood_before(case)
    step = _way_to(case.entry, before)
    if step is None:
        return
    move_award(
        actor=actor,
        award=award,
        verb=step.verb,
        reason=reason,
        period_from=_running_from(award),
        detail={"case": case.pk},
    )
    _go_on_again(case.entry, since)


def _way_to(entry: Entry, before: str) -> AwardMove | None:
    reverse = entry.register.rules.conduct.reverse
    stands = {one.key for one in rules_of(entry.award).states if one.stands}
    ways = [
        one
        for one in life.possible(entry)
        if one.verb in reverse and entry.award.state in one.source
    ]
    if before in stands:
        return next((one for one in ways if one.target in stands), None)
    return next((one for one in ways if one.target == before), None)


def _stood_before(case: ConductCase) -> str:
    """The state the entry was in before this case changed it, in one step or in several."""
    state, proposals = case.entry.award.state, set(case.proposals.values_list("pk", flat=True))
    for event in case.entry.award.events.changes().order_by("-number"):
        if event.detail.get("case") != case.pk and event.detail.get("proposal") not in proposals:
            break
        state = event.source
    return state


def _running_from(award: Award) -> date | None:
    """The first day of the period they had, if it has not run out; else one begins today."""
    ends = months_after(award.period_start, rules_of(award).months)
    return award.period_start if ends is None or ends >= timezone.localdate() else None


def _go_on_again(entry: Entry, since: date) -> None:
    """What had ended because of a removal that fell."""
    state = entry.award.state
    entry.spells.filter(state=state, ended_on__gte=since).update(ended_on=None)
    targets = {one.verb: one.target for one in life.possible(entry)}
    for one in entry.sanctions.filter(ended_on__gte=since, overturned_at__isnull=True):
        rule = entry.register.rules.sanction(one.kind)
        if rule is not None and targets.get(rule.verb) == state:
            one.ended_on, one.publish_until = None, publish_until(rule, one.begins, one.until)
            one.save(update_fields=["ended_on", "publish_until"])


def drop_proposals(case: ConductCase) -> None:
    """What was proposed meanwhile and nobody confirmed ends with the case."""
    case.proposals.filter(state=ProposalState.OPEN).update(
        state=ProposalState.WITHDRAWN, closed_at=timezone.now()
    )
