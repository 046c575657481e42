"""What a year of learning holds, seen against a rule. Plain values in and out, no Django.

The four standards are those the Science Council has asked of its registrants since 2022, told in
our own words: a record that is kept up and thought about, a mix of kinds, a benefit to one's own
practice, a benefit to those one works for. A rule with points counts them besides, with the most
that one category may bring. More in the log never makes a standing worse.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import ROUND_FLOOR, Decimal
from enum import StrEnum

FEWEST_WORDS = 3  # less is no answer, such as "yes" or "n/a"
LONG_SILENCE = 120  # days; said, never held against anybody
NOTHING = Decimal(0)


class How(StrEnum):
    """How one standard stands."""

    MET = "met"
    EXCEPTION = "exception"
    MISSING = "missing"
    EXCUSED = "excused"  # all of the period was a career break


@dataclass(frozen=True, slots=True)
class Span:
    """From one day to another, both counted."""

    begins: date
    ends: date

    @property
    def days(self) -> int:
        return (self.ends - self.begins).days + 1

    def holds(self, day: date) -> bool:
        return self.begins <= day <= self.ends


@dataclass(frozen=True, slots=True, kw_only=True)
class Activity:
    """What a rule needs to know of one activity. It counts on the day it ended."""

    category: str
    ends: date
    learned: str = ""
    helped_me: str = ""
    helped_users: str = ""
    points: Decimal | None = None
    is_done: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """What is asked of the `months` that end with the day of judging.

    `points_a_year` of zero: nothing is counted. `caps`: the most points a year that a category may
    bring. Nothing is carried over from the period before.
    """

    categories_at_least: int = 3
    categories_by_exception: int = 2
    points_a_year: Decimal = NOTHING
    caps: Mapping[str, Decimal] = field(default_factory=dict)
    months: int = 12


@dataclass(frozen=True, slots=True)
class Column:
    """One standard: how it stands, and what is there or missing, in plain words."""

    key: str
    title: str
    how: How
    words: str

    @property
    def is_met(self) -> bool:
        return self.how != How.MISSING


@dataclass(frozen=True, slots=True)
class Standing:
    """A period against a rule. `points` are what counts, after the caps."""

    period: Span
    columns: tuple[Column, ...]
    categories: tuple[str, ...]
    activities: int
    points: Decimal
    points_asked: Decimal

    @property
    def is_met(self) -> bool:
        return all(one.is_met for one in self.columns)

    @property
    def is_by_exception(self) -> bool:
        return self.is_met and any(one.how == How.EXCEPTION for one in self.columns)

    def column(self, key: str) -> Column:
        return next(one for one in self.columns if one.key == key)


PLAIN = Rule()  # the four standards, no points


def judge(
    activities: Iterable[Activity], rule: Rule, on: date, breaks: Sequence[Span] = ()
) -> Standing:
    """How the months that end with `on` stand. Days of `breaks` ask for nothing: points are asked
    for the other days only, and a period that is all break asks for nothing at all."""
    period = period_to(on, rule.months)
    counted = [one for one in activities if one.is_done and period.holds(one.ends)]
    at_work = days_at_work(period, breaks)
    kinds = tuple(sorted({one.category for one in counted}))
    points = points_of(counted, rule)
    asked = _points_asked(rule, at_work, period)
    columns = [
        _kept_up(counted, period, breaks),
        _said(counted, "learned", "Thought about", "what you learned"),
        _mixed(kinds, rule),
        _said(counted, "helped_me", "Helped your work", "how it helped your own work"),
        _said(
            counted,
            "helped_users",
            "Helped others",
            "how it helped the people you work for",
        ),
    ]
    if rule.points_a_year:
        columns.append(_pointed(points, asked))
    if at_work == 0:
        columns = [_excused(one) for one in columns]
    return Standing(period, tuple(columns), kinds, len(counted), points, asked)


def period_to(on: date, months: int) -> Span:
    """The months that end with a day: to 31 December, the whole year."""
    after = on + timedelta(days=1)
    count = after.year * 12 + after.month - 1 - months
    year, month = divmod(count, 12)
    return Span(_day(year, month + 1, after.day), on)


def _day(year: int, month: int, day: int) -> date:
    """That day of a month, or the last there is."""
    for fewer in range(4):
        try:
            return date(year, month, day - fewer)
        except ValueError:
            continue
    raise ValueError(f"{year}-{month}-{day}")  # pragma: no cover - no month is that short


def days_at_work(period: Span, breaks: Sequence[Span]) -> int:
    """Days of the period that no break covers; breaks may overlap."""
    left, at = 0, period.begins
    for one in sorted(breaks, key=lambda span: span.begins):
        if one.ends < at or one.begins > period.ends:
            continue
        left += max((one.begins - at).days, 0)
        at = one.ends + timedelta(days=1)
    return left + max((period.ends - at).days + 1, 0)


def points_of(counted: Iterable[Activity], rule: Rule) -> Decimal:
    """The points of all, each category up to its cap for so many months."""
    sums: dict[str, Decimal] = {}
    for one in counted:
        sums[one.category] = sums.get(one.category, NOTHING) + (one.points or NOTHING)
    most = {key: cap * rule.months / 12 for key, cap in rule.caps.items()}
    return sum((min(sums[key], most.get(key, sums[key])) for key in sums), NOTHING)


def _points_asked(rule: Rule, at_work: int, period: Span) -> Decimal:
    whole = rule.points_a_year * rule.months / 12
    share = whole * at_work / period.days
    return share.quantize(Decimal(1), ROUND_FLOOR) if at_work < period.days else whole


# --- the columns ----------------------------------------------------------------------------------
def has_said(text: str) -> bool:
    return len(text.split()) >= FEWEST_WORDS


def _kept_up(counted: list[Activity], period: Span, breaks: Sequence[Span]) -> Column:
    title = "Kept up"
    if not counted:
        return Column("kept_up", title, How.MISSING, "Nothing yet. Write down one thing you did.")
    many = f"{len(counted)} activit{'y' if len(counted) == 1 else 'ies'}."
    gap = _longest_silence(counted, period, breaks)
    if gap is not None:
        many += (
            f" Nothing from {_on(gap.begins)} to {_on(gap.ends)}: "
            "was there something you did not write down?"
        )
    return Column("kept_up", title, How.MET, many)


def _longest_silence(counted: list[Activity], period: Span, breaks: Sequence[Span]) -> Span | None:
    """The longest time at work with nothing in it, if it is long."""
    busy = sorted(
        [(one.ends, one.ends) for one in counted] + [(one.begins, one.ends) for one in breaks]
    )
    gaps, at = [], period.begins
    for begins, ends in [*busy, (period.ends + timedelta(days=1),) * 2]:
        if begins > at:
            gaps.append(Span(at, min(begins - timedelta(days=1), period.ends)))
        at = max(at, ends + timedelta(days=1))
    longest = max(gaps, key=lambda one: one.days, default=None)
    return longest if longest is not None and longest.days > LONG_SILENCE else None


def _mixed(kinds: Sequence[str], rule: Rule) -> Column:
    have = f"{len(kinds)} of the five kinds."
    if len(kinds) >= rule.categories_at_least:
        return Column("mixed", "Mixed", How.MET, have)
    more = rule.categories_at_least - len(kinds)
    wanted = f"{have} {more} more {'is' if more == 1 else 'are'} asked for."
    if kinds and len(kinds) >= rule.categories_by_exception:
        return Column("mixed", "Mixed", How.EXCEPTION, f"{wanted} Or say why you could not.")
    return Column("mixed", "Mixed", How.MISSING, wanted)


def _said(counted: list[Activity], key: str, title: str, what: str) -> Column:
    told = sum(has_said(getattr(one, key)) for one in counted)
    if not told:
        return Column(key, title, How.MISSING, f"Nothing yet on {what}.")
    if told == len(counted):
        return Column(key, title, How.MET, f"Each activity says {what}.")
    return Column(key, title, How.MET, f"{told} of {len(counted)} say {what}.")


def _pointed(points: Decimal, asked: Decimal) -> Column:
    have = f"{_plain(points)} of {_plain(asked)} points."
    if points >= asked:
        return Column("points", "Points", How.MET, have)
    return Column("points", "Points", How.MISSING, f"{have} {_plain(asked - points)} to go.")


def _excused(one: Column) -> Column:
    return Column(one.key, one.title, How.EXCUSED, "You were away: nothing is asked.")


def _plain(number: Decimal) -> str:
    return f"{number.normalize():f}"


def _on(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
