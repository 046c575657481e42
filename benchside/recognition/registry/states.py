"""The tables of states of a registrar's desk. Those of an entry stand in the standard's file."""

from django.utils import timezone

from benchside.core.permissions import Predicate, is_system
from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.recognition.models import ConductCase
from benchside.recognition.registry import rules
from benchside.recognition.registry.enums import ConductState, ProposalState, RequestState


def _end(source: str, verb: str, target: str, may: Predicate) -> Transition:
    return Transition(
        source=source, verb=verb, target=target, may=may, at="closed_at", by="closed_by"
    )


PROPOSALS = state_tables.register(
    StateTable(
        "proposal",
        title="A change of an entry that needs two people",
        states=ProposalState,
        start=ProposalState.OPEN,
        rows=[
            _end("open", "confirm", "done", rules.can_confirm),
            _end("open", "refuse", "refused", rules.can_confirm),
            _end("open", "withdraw", "withdrawn", rules.can_keep),
            _end("open", "overtake", "overtaken", is_system),
        ],
    )
)

REQUESTS = state_tables.register(
    StateTable(
        "entry-request",
        title="What somebody asks for their own entry",
        states=RequestState,
        start=RequestState.ASKED,
        rows=[
            _end("asked", "grant", "granted", rules.can_keep),
            _end("asked", "refuse", "refused", rules.can_keep),
            _end("asked", "withdraw", "withdrawn", rules.is_holder),
            Transition(source="asked", verb="agree", target="agreed", may=rules.can_keep),
            _end("agreed", "grant", "granted", is_system),
            _end("agreed", "refuse", "refused", rules.can_keep),
            _end("agreed", "withdraw", "withdrawn", rules.is_holder),
            _end("agreed", "close", "unpaid", is_system),
        ],
    )
)


def _is_told(case: ConductCase) -> bool:
    return case.told_at is not None


def _may_appeal(case: ConductCase) -> bool:
    found = case.decisions.filter(confirmed_at__isnull=False).first()
    last = found.appeal_by if found else None
    return last is not None and timezone.localdate() <= last


def _is_over(case: ConductCase) -> bool:
    return not _may_appeal(case)


def _has_come(case: ConductCase) -> bool:
    return case.hearing_on is not None and case.hearing_on <= timezone.localdate()


TOLD = Need("the person told of it", _is_told, "Look into it first, and say what they are told.")
IN_TIME = Need("the time to appeal", _may_appeal, "The last day to appeal is over.")
HEARD = Need(
    "the day of the hearing to have come", _has_come, "Wait for it, or set another day first."
)
TOO_LATE = Need("the time to appeal over", _is_over)


def _row(
    source: str, verb: str, target: str, may: Predicate, *needs: Need, ends: bool = False
) -> Transition:
    return Transition(
        source=source,
        verb=verb,
        target=target,
        may=may,
        needs=needs,
        at="closed_at" if ends else "moved_at",
    )


CONDUCT = state_tables.register(
    StateTable(
        "conduct",
        title="A concern about somebody's conduct",
        states=ConductState,
        start=ConductState.RECEIVED,
        rows=[
            _row("received", "look-into", "looked-into", rules.can_keep),
            _row("received", "find-no-case", "no-case", rules.can_keep, ends=True),
            _row("looked-into", "find-no-case", "no-case", rules.can_keep, ends=True),
            _row("looked-into", "find-case", "case", rules.can_keep, TOLD),
            _row("looked-into", "protect", "interim", rules.can_second, TOLD),
            _row("case", "protect", "interim", rules.can_second),
            _row("case", "call-hearing", "hearing", rules.can_keep),
            _row("interim", "call-hearing", "hearing", rules.can_keep),
            _row("hearing", "call-hearing", "hearing", rules.can_keep),  # on another day
            _row("hearing", "protect", "hearing", rules.can_second),
            _row("hearing", "propose", "proposed", rules.can_keep, HEARD),
            _row("proposed", "protect", "proposed", rules.can_second),
            _row("proposed", "confirm", "decided", rules.can_second),
            _row("proposed", "send-back", "hearing", rules.can_second),
            _row("proposed", "withdraw", "hearing", rules.can_keep & rules.proposed_decision),
            _row("decided", "appeal", "appealed", rules.is_holder, IN_TIME),
            _row("decided", "close", "closed", is_system, TOO_LATE, ends=True),
            _row("appealed", "uphold", "overturned", rules.can_second, ends=True),
            _row("appealed", "dismiss", "closed", rules.can_second, ends=True),
        ],
    )
)
# Of a concern: while what the person says of it can still be heard.
OPEN_TO_ANSWER = (
    ConductState.LOOKED_INTO, ConductState.CASE, ConductState.INTERIM, ConductState.HEARING,
)  # fmt: skip
OPEN_REQUESTS = (RequestState.ASKED, RequestState.AGREED)
# Where somebody may still be suspended meanwhile: until something is decided.
PROTECTS = tuple(ConductState(one.source) for one in CONDUCT.rows if one.verb == "protect")
OVER = (ConductState.NO_CASE, ConductState.OVERTURNED, ConductState.CLOSED)
