"""The year somebody shared, seen against the register's rule."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from benchside.assessment.models import AwardEvent
from benchside.core.actions import Refused
from benchside.people.cpd.queries import frozen
from benchside.people.cpd.rule import Activity, Column, How, Rule, Span, Standing, judge
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
    on_their_word: bool = False  # it is met only if they were away when they say so

    @property
    def title(self) -> str:
        return str(self.key.label)


@dataclass(frozen=True, slots=True)
class Away:
    """Time away in the months that are asked for. `noted_on`: the day they noted it themselves;
    without one, the register itself had them on a break."""

    span: Span
    noted_on: date | None = None


@dataclass(frozen=True, slots=True)
class Year:
    """What somebody shared: activities as plain values, how it stands, and its digest."""

    activities: Sequence[dict[str, Any]]
    standing: Standing
    seen: Sequence[Seen]
    digest: str
    away: Sequence[Away] = ()


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
    standing, found = held_against(case, held.activities(), held.breaks())
    told = [Away(span) for span in breaks_of(case, rule_of(case.run))]
    away = [
        one
        for one in [*told, *(Away(*pair) for pair in held.noted_breaks())]
        if _is_in(one, standing)
    ]
    return Year(held.values["activities"], standing, found, held.digest, away)


def _is_in(away: Away, standing: Standing) -> bool:
    return away.span.begins <= standing.period.ends and standing.period.begins <= away.span.ends


def held_against(
    case: AuditCase, activities: Sequence[Activity], noted: Sequence[Span]
) -> tuple[Standing, list[Seen]]:
    """How a log stands with all time away; what stands so only by the time they noted themselves
    is marked as their word."""
    rule = rule_of(case.run)
    asked, known = plain_rule(rule, rule.audit_months), breaks_of(case, rule)
    standing = judge(activities, asked, case.run.ends_on, [*noted, *known])
    return standing, seen(standing, rule, judge(activities, asked, case.run.ends_on, known))


def seen(standing: Standing, rule: CpdRule, sure: Standing | None = None) -> list[Seen]:
    """The log's columns, put together to the standards of the register; `sure` is how it stands
    without what is only their word."""
    columns = {one.key: one for one in standing.columns}
    missing = {one.key for one in (sure or standing).columns if not one.is_met}
    return [
        _seen(key, [columns[one] for one in COLUMNS[key]], missing) for key in standards_of(rule)
    ]


def _seen(key: StandardKey, columns: Sequence[Column], missing: Collection[str]) -> Seen:
    is_met = all(one.is_met for one in columns)
    return Seen(
        key,
        is_met=is_met,
        on_their_word=is_met and any(one.key in missing for one in columns),
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
