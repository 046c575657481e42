"""When each stage of a charter is due. No Django here.

A charter's rules are data: windows, months, stages, extensions and reminders, each set from a day
on. Which set counts is asked of the day that is counted, so that new rules never move what was due
before them. See docs/decisions/0026-when-a-stage-is-due.md.
"""

from bisect import bisect_right
from calendar import monthrange
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

MOST_WINDOWS = 12
LONGEST = 240  # months
KINDS = ("consultation", "steering", "executive")


class BrokenRules(ValueError):  # noqa: N818 - reads as what happened
    """Rules that cannot be counted with; `faults` says each in words."""

    def __init__(self, faults: Sequence[str]) -> None:
        self.faults = list(faults)
        super().__init__(" ".join(faults))


@dataclass(frozen=True, slots=True, order=True)
class Window:
    """A day of every year on which self-assessments are taken in."""

    month: int
    day: int

    def of(self, year: int) -> date:
        return date(year, self.month, self.day)


@dataclass(frozen=True, slots=True)
class Stage:
    """How long the plan of a stage runs, and the key of the standard its form stands in."""

    months: int
    standard: str


@dataclass(frozen=True, slots=True)
class Reminder:
    """So many months before a stage is due: what should be happening then."""

    key: str
    title: str
    months: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    """One set. The last of `stages` holds for every later stage too."""

    windows: tuple[Window, ...]
    first_after_months: int
    stages: tuple[Stage, ...]
    extensions: int = 1
    reminders: tuple[Reminder, ...] = ()

    def stage(self, number: int) -> Stage:
        return self.stages[min(number, len(self.stages)) - 1]

    def window_from(self, day: date) -> date:
        """The first window on the day or after it."""
        days = (one.of(year) for year in (day.year, day.year + 1) for one in self.windows)
        return min(one for one in days if one >= day)

    def window_after(self, day: date) -> date:
        return self.window_from(day + timedelta(days=1))

    def windows_between(self, first: date, last: date) -> list[date]:
        days = (one.of(year) for year in range(first.year, last.year + 1) for one in self.windows)
        return sorted(one for one in days if first <= one <= last)

    def reminders_for(self, due: date) -> list[tuple[Reminder, date]]:
        """Each with its day, the earliest first."""
        found = [(one, months_on(due, -one.months)) for one in self.reminders]
        return sorted(found, key=lambda pair: pair[1])


@dataclass(frozen=True, slots=True)
class Rulebook:
    """All sets of a charter with the day each holds from, in that order; at least one."""

    sets: tuple[tuple[date, Rules], ...]

    def on(self, day: date) -> Rules:
        """The set that holds on a day; before the first there was none, so the first counts."""
        at = bisect_right([begins for begins, _ in self.sets], day)
        return self.sets[max(at - 1, 0)][1]

    def first_due(self, announced: date) -> date:
        """Stage 1: the first window at least so many months after the announcement."""
        earliest = months_on(announced, self.on(announced).first_after_months)
        return self.on(earliest).window_from(earliest)

    def next_due(self, due: date, plan_months: int) -> date:
        """A later stage: the first window once the plan handed in with the stage before has run."""
        earliest = months_on(due, plan_months)
        return self.on(earliest).window_from(earliest)

    def extended(self, due: date) -> date:
        """The window after the one that was due."""
        return self.on(due).window_after(due)

    def with_set(self, begins: date, rules: Rules) -> "Rulebook":
        """The same with one more set, or another one from that day."""
        others = [one for one in self.sets if one[0] != begins]
        return Rulebook(tuple(sorted([*others, (begins, rules)], key=lambda one: one[0])))


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """One stage of one signatory, as far as days go. What is sent in is never moved any more."""

    stage: int
    plan_months: int
    first_due_on: date
    due_on: date
    is_extended: bool = False
    is_overridden: bool = False
    is_done: bool = False


def rescheduled(book: Rulebook, announced: date, stages: Iterable[Due]) -> list[Due]:
    """The same stages as the book has them now, in their order.

    What is done stays, and so does what an officer set by hand; an extended one moves to the window
    after its new one.
    """
    found: list[Due] = []
    for one in sorted(stages, key=lambda each: each.stage):
        before = found[-1] if found else None
        found.append(one if one.is_done else _moved(book, announced, one, before))
    return found


def _moved(book: Rulebook, announced: date, one: Due, before: Due | None) -> Due:
    if one.stage > 1 and before is None:
        return one  # what was before it is not on record
    first = (
        book.next_due(before.due_on, before.plan_months) if before else book.first_due(announced)
    )
    due = book.extended(first) if one.is_extended else first
    months = book.on(first).stage(one.stage).months
    if one.is_overridden:
        due = one.due_on
    return replace(one, first_due_on=first, due_on=due, plan_months=months)


def round_key(due: date) -> str:
    """The name of a window: "2027-01"."""
    return f"{due:%Y-%m}"


def months_on(day: date, months: int) -> date:
    """The same day so many months on, or back; the last of the month where it has no such day."""
    years, month = divmod(day.month - 1 + months, 12)
    year = day.year + years
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


# --- as kept -------------------------------------------------------------------------------------
def read(content: Mapping[str, Any]) -> Rules:
    """Rules from plain values. Raises BrokenRules with every fault."""
    faults: list[str] = []
    windows = _windows(content.get("windows"), faults)
    first = _months(content.get("first_after_months"), "Months before stage 1", faults)
    stages = _stages(content.get("stages"), faults)
    extensions = content.get("extensions", 1)
    if not _is_count(extensions) or not 0 <= extensions <= 9:
        faults.append("Extensions: give a number from 0 to 9.")
    reminders = _reminders(content.get("reminders", []), faults)
    if faults:
        raise BrokenRules(faults)
    return Rules(
        windows=windows,
        first_after_months=first,
        stages=stages,
        extensions=extensions,
        reminders=reminders,
    )


def plain(rules: Rules) -> dict[str, Any]:
    """The other way: what `read` reads."""
    return {
        "windows": [f"{one.month:02d}-{one.day:02d}" for one in rules.windows],
        "first_after_months": rules.first_after_months,
        "stages": [{"months": one.months, "standard": one.standard} for one in rules.stages],
        "extensions": rules.extensions,
        "reminders": [
            {"key": one.key, "title": one.title, "months": one.months} for one in rules.reminders
        ],
    }


def _windows(given: Any, faults: list[str]) -> tuple[Window, ...]:
    if not isinstance(given, list) or not 1 <= len(given) <= MOST_WINDOWS:
        faults.append(f"Windows: give 1 to {MOST_WINDOWS} days of the year.")
        return ()
    found = []
    for text in given:
        try:
            month, day = (int(part) for part in str(text).split("-"))
            date(2001, month, day)  # a year without 29 February: a window is there every year
        except ValueError:
            faults.append(f"Windows: “{text}” is not a day of every year.")
        else:
            found.append(Window(month, day))
    if len(set(found)) < len(found):
        faults.append("Windows: one day stands there twice.")
    return tuple(sorted(found))


def _stages(given: Any, faults: list[str]) -> tuple[Stage, ...]:
    if not isinstance(given, list) or not 1 <= len(given) <= 20:
        faults.append("Stages: give at least one.")
        return ()
    found = []
    for number, one in enumerate(given, start=1):
        one = one if isinstance(one, dict) else {}
        months = _months(one.get("months"), f"Plan of stage {number}", faults)
        found.append(Stage(months, str(one.get("standard", ""))[:40]))
    return tuple(found)


def _reminders(given: Any, faults: list[str]) -> tuple[Reminder, ...]:
    found = []
    for one in given if isinstance(given, list) else []:
        one = one if isinstance(one, dict) else {}
        key = str(one.get("key", ""))
        if key not in KINDS:
            faults.append(f"Reminders: “{key}” is none of {', '.join(KINDS)}.")
            continue
        months = _months(one.get("months"), f"Reminder before {key}", faults)
        found.append(Reminder(key, str(one.get("title", ""))[:80] or key.capitalize(), months))
    return tuple(found)


def _months(given: Any, name: str, faults: list[str]) -> int:
    if not _is_count(given) or not 1 <= given <= LONGEST:
        faults.append(f"{name}: give months, from 1 to {LONGEST}.")
        return 1
    return int(given)


def _is_count(given: Any) -> bool:
    return isinstance(given, int) and not isinstance(given, bool)
