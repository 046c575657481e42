"""Whether somebody can be asked for their CPD now: read off the award and the files, not by name.

Who is suspended for a while, or on a break, is still there: what was asked of them waits. Who left
is asked nothing, and what was found of them stays open as long as they may come back.
"""

from datetime import date, timedelta
from enum import Enum

from django.utils import timezone

from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.models import Award
from benchside.assessment.standards.shapes import AwardRules
from benchside.recognition.cpd.committee_moves import REMOVE, SUSPENDED_STATE
from benchside.recognition.cpd.year import rule_of
from benchside.recognition.models import AuditCase

BACK_DAYS = 14  # of who comes back: no day they were given while away is held against them


class Presence(Enum):
    """`AWAY`: a break or a suspension; `LEFT`: a door leads back; `GONE`: none does."""

    HERE = "here"
    AWAY = "away"
    LEFT = "left"
    GONE = "gone"


def presence(case: AuditCase) -> Presence:
    """Where somebody is, as far as an audit goes."""
    award = case.entry.award
    if award.state in rule_of(case.run).not_audited:
        return Presence.AWAY
    if state_of(award).stands or award.state == SUSPENDED_STATE:  # for which they can still answer
        return Presence.HERE
    rules = rules_of(award)
    if _is_lifted(rules, award.state):
        return Presence.AWAY
    return Presence.LEFT if _leads_back(rules, award.state) else Presence.GONE


def _standing(rules: AwardRules) -> set[str]:
    return {one.key for one in rules.states if one.stands}


def _is_lifted(rules: AwardRules, state: str) -> bool:
    """A way back that begins no new period: they are suspended, and have not left."""
    here = _standing(rules)
    return any(
        state in one.source and one.target in here and not one.new_period for one in rules.moves
    )


def _leads_back(rules: AwardRules, state: str) -> bool:
    here, seen, new = _standing(rules), set[str](), {state}
    while new:
        seen |= new
        new = {one.target for one in rules.moves if seen & {*one.source}} - seen
    return bool(here & seen)


def back_from(award: Award, removed_on: date) -> date | None:
    """From when somebody who is removed on a day may come back, as the file has it."""
    rules = rules_of(award)
    removed = {one.target for one in rules.moves if one.verb == REMOVE}
    days = [one.from_days for one in rules.moves if removed & {*one.source} and one.new_period]
    return removed_on + timedelta(days=min(days)) if days else None


def due_of(case: AuditCase) -> date | None:
    """The day an answer is due: not before they have been back for two weeks."""
    if case.due_on is None or (back := _back_since(case)) is None:
        return case.due_on
    return max(case.due_on, back + timedelta(days=BACK_DAYS))


def _back_since(case: AuditCase) -> date | None:
    """The day it was last written down that they are back from being away."""
    award: Award = case.entry.award
    here, away = _standing(rules_of(award)), set(rule_of(case.run).not_audited)
    told = award.events.filter(target__in=here - away, source__gt="")
    last = told.exclude(source__in=here - away).order_by("-number").first()
    return timezone.localdate(last.recorded_at) if last else None
