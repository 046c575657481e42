"""The tables of an audit: of the run, and of each case in it.

Silence is the common way to fail an audit, and each step after it takes another silence: the next
run's sample for certain, the committee, suspension, removal. An answer is taken at every step.
"""

from django.utils import timezone

from benchside.core.permissions import Predicate, is_system
from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.recognition.cpd import rules
from benchside.recognition.cpd.enums import ANSWERABLE, OVER, WAITING, CaseState, RunState
from benchside.recognition.models import AuditCase

RUNS = state_tables.register(
    StateTable(
        "cpd-run",
        title="A CPD audit",
        states=RunState,
        start=RunState.FROZEN,
        rows=[
            Transition(
                source="frozen",
                verb="draw",
                target="drawn",
                may=rules.can_run,
                at="drawn_at",
                by="drawn_by",
            ),
            Transition(source="frozen", verb="abandon", target="abandoned", may=rules.can_run),
            Transition(
                source="drawn",
                verb="announce",
                target="announced",
                may=rules.can_run,
                at="announced_at",
                by="announced_by",
            ),
        ],
    )
)


def _may_ask_again(case: AuditCase) -> bool:
    rule = case.run.register.rules.cpd_on(case.run.frozen_on)
    return rule is not None and case.rounds < rule.ask_again_at_most


ASK_AGAIN = Need(
    "a round that is left: the rule says how often may be asked again",
    _may_ask_again,
    "Accept it, or say that it is not met.",
)
SILENT_BEFORE = Need(
    "silence in the run before as well, or a committee that has seen it",
    lambda case: case.is_certain or case.referred_at is not None,
    "Their silence puts them into the next run for certain.",
)
SILENT_AGAIN = Need(
    "the last day for an answer to be over",
    lambda case: case.due_on is None or case.due_on < timezone.localdate(),
    "Wait until then: they may still answer.",
)
# One no is an end: whoever asked again and again would never be silent.
NOT_REFUSED = Need(
    "a round in which more time was not refused",
    lambda case: case.time_refused_at is None,
    "Share what you have by the day you were given.",
)
# Who is told no stands again where they stood.
ASKED_ONCE = Need("somebody who was asked once", lambda case: not case.rounds)
ASKED_TWICE = Need("somebody who was asked again", lambda case: case.rounds > 0)
REFUSED = "time_refused_at"
may_grant = rules.can_grant_time
DECIDED = {"at": "decided_at", "by": "decided_by"}
SENT = {"at": "submitted_at"}


def _row(
    source: str, verb: str, target: str, may: Predicate, *needs: Need, at: str = "", by: str = ""
) -> Transition:
    return Transition(source=source, verb=verb, target=target, may=may, needs=needs, at=at, by=by)


CASES = state_tables.register(
    StateTable(
        "cpd-audit",
        title="A case of a CPD audit",
        states=CaseState,
        start=CaseState.SELECTED,
        rows=[
            _row("selected", "notify", "notified", is_system, at="notified_at"),
            *(_row(one, "submit", "submitted", rules.can_answer, **SENT) for one in ANSWERABLE),
            _row("notified", "ask-for-time", "time-asked", rules.can_answer, NOT_REFUSED),
            _row("resubmit", "ask-for-time", "time-asked", rules.can_answer, NOT_REFUSED),
            _row("time-asked", "give-time", "deferred", may_grant, by="deferred_by"),
            _row("time-asked", "refuse-time", "notified", may_grant, ASKED_ONCE, at=REFUSED),
            _row("time-asked", "refuse-time-again", "resubmit", may_grant, ASKED_TWICE, at=REFUSED),
            *(_row(one, "fall-silent", "silent", is_system) for one in WAITING),
            _row("submitted", "accept", "accepted", rules.can_review, **DECIDED),
            _row("submitted", "ask-again", "resubmit", rules.can_review, ASK_AGAIN),
            _row("submitted", "doubt", "doubted", rules.can_review, by="doubted_by"),
            _row("doubted", "accept", "accepted", rules.can_look_again, **DECIDED),
            _row("doubted", "ask-again", "resubmit", rules.can_look_again, ASK_AGAIN),
            _row("doubted", "fail", "failed", rules.can_look_again, **DECIDED),
            _row("failed", "refer", "committee", rules.can_run, at="referred_at"),
            _row("silent", "refer", "committee", is_system, SILENT_BEFORE, at="referred_at"),
            _row("committee", "give-last-chance", "deferred", rules.can_suspend, by="deferred_by"),
            _row("committee", "suspend", "suspended", rules.can_suspend),
            _row("suspended", "remove", "removed", rules.can_suspend, SILENT_AGAIN, **DECIDED),
            *(
                _row(one, "close", "closed", rules.can_run)
                for one in CaseState
                if one not in OVER and one != CaseState.SUSPENDED
            ),
        ],
    )
)
