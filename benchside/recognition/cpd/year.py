"""The year somebody shared, seen against the register's rule."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from benchside.assessment.models import AwardEvent
from benchside.core.actions import Refused
from benchside.people.cpd.queries import frozen
from benchside.people.cpd.rule import Column, How, Rule, Span, Standing, judge
from benchside.recognition.cpd.enums import StandardKey
from benchside.recognition.models import AuditCase, AuditRun
from benchside.recognition.registers.shapes import CpdRule

# A standard is met when these columns of the log's rule are.
COLUMNS = {
    StandardKey.RECORD: ("kept_up", "learned"),
    StandardKey.MIX: ("mixed",),
    StandardKey.PRACTICE: ("helped_me",),
    StandardKey.USERS: ("helped_users",),
    StandardKey.POINTS: ("points",),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """One standard, and how the log stands to it by itself; a reader may see it otherwise."""

    key: StandardKey
    is_met: bool
    by_exception: bool
    words: str

    @property
    def title(self) -> str:
        return str(self.key.label)


@dataclass(frozen=True, slots=True)
class Year:
    """What somebody shared: activities as plain values, how it stands, and its digest."""

    activities: Sequence[dict[str, Any]]
    standing: Standing
    seen: Sequence[Seen]
    digest: str


def plain_rule(rule: CpdRule, months: int) -> Rule:
    """A register's rule as the log's own; it counts the months that a run asks for."""
    return Rule(
        categories_at_least=rule.categories_at_least,
        categories_by_exception=rule.categories_by_exception,
        points_a_year=Decimal(rule.points_a_year),
        caps={key: Decimal(most) for key, most in rule.caps.items()},
        months=months,
    )


def rule_of(run: AuditRun) -> CpdRule:
    """The rule that held when the population was fixed. Raises LookupError without one."""
    rule = run.register.rules.cpd_on(run.frozen_on)
    if rule is None:
        raise LookupError(run.register.slug)
    return rule


def standards_of(rule: CpdRule) -> list[StandardKey]:
    """What is read: the four standards, and points where they are counted."""
    return [one for one in StandardKey if one != StandardKey.POINTS or rule.points_a_year]


def year_of(case: AuditCase) -> Year | None:
    """What they shared; None before they did, and once it may no longer be read."""
    if case.share is None:
        return None
    try:
        held = frozen(case.share)
    except Refused:
        return None
    rule = rule_of(case.run)
    breaks = [*held.breaks(), *breaks_of(case, rule)]
    standing = judge(
        held.activities(), plain_rule(rule, rule.audit_months), case.run.ends_on, breaks
    )
    return Year(held.values["activities"], standing, seen(standing, rule), held.digest)


def seen(standing: Standing, rule: CpdRule) -> list[Seen]:
    """The log's columns, put together to the standards of the register."""
    columns = {one.key: one for one in standing.columns}
    return [_seen(key, [columns[one] for one in COLUMNS[key]]) for key in standards_of(rule)]


def _seen(key: StandardKey, columns: Sequence[Column]) -> Seen:
    return Seen(
        key,
        is_met=all(one.is_met for one in columns),
        by_exception=any(one.how == How.EXCEPTION for one in columns),
        words=" ".join(one.words for one in columns),
    )


def breaks_of(case: AuditCase, rule: CpdRule) -> list[Span]:
    """The time the register itself had them on a break, from the award's events."""
    told = AwardEvent.objects.changes().filter(award=case.entry.award_id).order_by("number")
    found: list[Span] = []
    began: date | None = None
    for target, day in told.values_list("target", "effective_on"):
        if began is not None:
            if day > began:
                found.append(Span(began, day - timedelta(days=1)))
            began = None
        if target in rule.not_audited:
            began = day
    if began is not None:
        found.append(Span(began, max(began, case.run.ends_on)))
    return found
