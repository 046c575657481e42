"""What people write for how it goes, for a day, for an area. No Django in here.

G is "complete" to some and "on track" to others, and Spring 2026 ends when a term does: what is not
plain is asked once and remembered.
"""

import calendar
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from benchside.impact.bringing.fields import AREA_WORDS
from benchside.impact.bringing.plain import plain


class Meaning(StrEnum):
    """How an action stands, by one word of the file: its state and its delivery."""

    COMPLETE = "complete"
    EMBEDDED = "embedded"
    ON_TRACK = "on-track"
    AT_RISK = "at-risk"
    OFF_TRACK = "off-track"
    ONGOING = "ongoing"
    NOT_BEGUN = "not-begun"
    STOPPED = "stopped"
    NOTHING = "nothing"


MEANINGS: dict[Meaning, str] = {
    Meaning.COMPLETE: "Complete (blue)",
    Meaning.EMBEDDED: "Complete and embedded",
    Meaning.ON_TRACK: "In progress, on track (green)",
    Meaning.AT_RISK: "In progress, at risk (amber)",
    Meaning.OFF_TRACK: "In progress, off track (red)",
    Meaning.ONGOING: "In progress; how it goes is not said",
    Meaning.NOT_BEGUN: "Agreed, not begun",
    Meaning.STOPPED: "Stopped",
    Meaning.NOTHING: "Nothing: keep the word in the internal note",
}
# By meaning: state and delivery of the action.
STANDS: dict[Meaning, tuple[str, str]] = {
    Meaning.COMPLETE: ("complete", "blue"),
    Meaning.EMBEDDED: ("embedded", "blue"),
    Meaning.ON_TRACK: ("in-progress", "green"),
    Meaning.AT_RISK: ("in-progress", "amber"),
    Meaning.OFF_TRACK: ("in-progress", "red"),
    Meaning.ONGOING: ("in-progress", ""),
    Meaning.NOT_BEGUN: ("agreed", ""),
    Meaning.STOPPED: ("stopped", ""),
}
COLOURS = {
    "b": "blue", "blue": "blue", "🔵": "blue", "g": "green", "green": "green", "🟢": "green",
    "a": "amber", "amber": "amber", "y": "amber", "yellow": "amber", "orange": "amber",
    "🟡": "amber", "🟠": "amber", "r": "red", "red": "red", "🔴": "red",
}  # fmt: skip
# What colours mean in the two usual houses.
TRACK_HOUSE = {
    "blue": Meaning.COMPLETE, "green": Meaning.ON_TRACK, "amber": Meaning.AT_RISK,
    "red": Meaning.OFF_TRACK,
}  # fmt: skip
DONE_HOUSE = {
    "blue": Meaning.EMBEDDED, "green": Meaning.COMPLETE, "amber": Meaning.ONGOING,
    "red": Meaning.OFF_TRACK,
}  # fmt: skip
# Words that mean the same in every house.
SPOKEN: dict[Meaning, str] = {
    Meaning.COMPLETE: """complete, completed, done, achieved, delivered, finished, closed,
        fully achieved, yes, y, met""",
    Meaning.EMBEDDED: """embedded, business as usual, bau, now business as usual,
        completed and embedded, sustained""",
    Meaning.ON_TRACK: "on track, on target, on schedule, progressing well",
    Meaning.AT_RISK: "at risk, some delay, slipping, minor delay, partly behind",
    Meaning.OFF_TRACK: """off track, delayed, overdue, late, behind, behind schedule, failed,
        missed, not achieved, not met""",
    Meaning.ONGOING: """ongoing, on going, in progress, in hand, under way, underway, started,
        continuing, partially complete, partly complete, partially achieved""",
    Meaning.NOT_BEGUN: """not started, not begun, not yet started, to do, planned, pending, future,
        tbc, no, n""",
    Meaning.STOPPED: """stopped, abandoned, cancelled, withdrawn, no longer relevant, superseded,
        discontinued, dropped""",
}
SAID: dict[str, Meaning] = {
    " ".join(word.split()): meaning
    for meaning, words in SPOKEN.items()
    for word in words.split(",")
}


def colour_of(text: str) -> str:
    """The colour a cell names by a letter, a word or a sign, alone or before a dash; or nothing."""
    stripped = text.strip()
    for sign in stripped[:2]:
        if sign in COLOURS and not sign.isalnum():
            return COLOURS[sign]
    return COLOURS.get(plain(stripped), "")


def is_rag(text: str) -> bool:
    return len(text) < 40 and bool(colour_of(text) or plain(text) in SAID)


def meaning_of(text: str) -> Meaning | None:
    """What a word says in any house: "Completed", "G - complete"; None where it must be asked."""
    name = plain(text)
    if found := SAID.get(name):
        return found
    first, _, rest = name.partition(" ")
    if first in COLOURS and rest:
        return SAID.get(rest.removeprefix("is ").removeprefix("means "))
    begins = [said for said in SAID if len(said) > 3 and name.startswith(f"{said} ")]
    return SAID[max(begins, key=len)] if begins else None


LONGEST_AREA = 120  # a longer line is prose, not a heading

# --- days -----------------------------------------------------------------------------------------
MONTHS = {name.casefold(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.casefold(): number for number, name in enumerate(calendar.month_abbr) if name}
MONTHS["sept"] = 9
SEASON_ENDS = {
    "winter": (2, 28),
    "spring": (5, 31),
    "summer": (8, 31),
    "autumn": (11, 30),
    "fall": (11, 30),
}
MONTH_WORD = "|".join(sorted(MONTHS, key=len, reverse=True))
ISO = re.compile(r"^(\d{4})-(\d{2})-(\d{2})(?: 00:00(?::00)?)?$")
SLASHED = re.compile(r"^(\d{1,2})[/.](\d{1,2})[/.](\d{4}|\d{2})$")
WORDED = re.compile(rf"^(?:(\d{{1,2}})(?:st|nd|rd|th)? )?({MONTH_WORD}) (\d{{4}}|\d{{2}})$")
SEASON = re.compile(r"^(winter|spring|summer|autumn|fall)(?: term)? (\d{4})$")
YEAR_OF_PLAN = re.compile(r"^(?:y|yr|year) ?(\d)$")
QUARTER = re.compile(r"^q([1-4]) ?(\d{4}|\d{2})(?: (\d{4}|\d{2}))?$")
QUARTER_AFTER = re.compile(r"^(\d{4}) ?q([1-4])$")
ONE_YEAR = re.compile(r"^(?:by )?(?:the )?(?:end of )?(20\d{2})$")
TWO_YEARS = re.compile(r"^(20\d{2}) (20\d{2}|\d{2})$")
NO_DAY = {
    "ongoing", "on going", "continuous", "continuing", "throughout", "annual", "annually", "tbc",
    "tbd", "to be confirmed", "n a", "na", "rolling", "as required", "termly", "monthly",
}  # fmt: skip
BEFORE = (
    "by the end of ",
    "end of ",
    "by end of ",
    "by ",
    "end ",
    "before ",
    "due ",
    "complete by ",
)


@dataclass(frozen=True)
class Day:
    """A day a cell names: `is_exact` when the cell names the very day or the very month."""

    on: date | None
    starts: date | None = None
    is_exact: bool = False


@dataclass(frozen=True)
class Years:
    """When the plan begins and ends, and in which month a "2024/25" begins."""

    starts_on: date
    ends_on: date
    begins_in: int = 8


def day_of(text: str, years: Years) -> Day | None:
    """The last day of what a cell names; None where it cannot be told."""
    return _range(text, years) or _single(plain_day(text), years)


def plain_day(text: str) -> str:
    """Small letters, and the marks within a day kept apart by one space: "q3 24 25"."""
    if ISO.match(text.strip()) or SLASHED.match(text.strip()):
        return text.strip()
    return plain(text)


def is_dayish(text: str) -> bool:
    return len(text) < 40 and day_of(text, Years(date(2024, 1, 1), date(2026, 12, 31))) is not None


def _range(text: str, years: Years) -> Day | None:
    parts = re.split(r"\s+(?:-|–|—|to|until)\s+|\s*–\s*", text.strip())
    if len(parts) != 2:
        return None
    first, last = (_single(plain_day(part), years) for part in parts)
    if first is None and last is not None:  # "Jan - Mar 2026"
        year = re.search(r"\d{4}$", parts[1].strip())
        first = _single(plain_day(f"{parts[0]} {year.group()}"), years) if year else None
    if first is None or last is None or first.on is None or last.on is None:
        return None
    starts = first.on.replace(day=1) if not ISO.match(parts[0]) else first.on
    return Day(last.on, min(starts, last.on), first.is_exact and last.is_exact)


def _single(name: str, years: Years) -> Day | None:
    for word in BEFORE:
        if name.startswith(word):
            found = _single(name.removeprefix(word), years)
            return Day(found.on, found.starts, False) if found else None
    if name in NO_DAY:
        return Day(None)
    try:
        return _exact(name) or _season(name) or _of_plan(name, years) or _year(name, years)
    except ValueError:
        return None


def _exact(name: str) -> Day | None:
    if found := ISO.match(name):
        return Day(date(*map(int, found.groups())), is_exact=True)
    if found := SLASHED.match(name):
        day, month, year = found.groups()
        return Day(date(_full(year), int(month), int(day)), is_exact=True)
    if found := WORDED.match(name):
        day, month, year = found.groups()
        number, full = MONTHS[month], _full(year)
        last = calendar.monthrange(full, number)[1]
        return Day(date(full, number, int(day) if day else last), is_exact=bool(day))
    return None


def _season(name: str) -> Day | None:
    if not (found := SEASON.match(name)):
        return None
    month, day = SEASON_ENDS[found.group(1)]
    return Day(date(int(found.group(2)), month, day))


def _of_plan(name: str, years: Years) -> Day | None:
    if not (found := YEAR_OF_PLAN.match(name)):
        return None
    number = int(found.group(1))
    begun = years.starts_on
    ends = _day_before(date(begun.year + number, begun.month, min(begun.day, 28)))
    starts = date(begun.year + number - 1, begun.month, min(begun.day, 28))
    if not number or starts > years.ends_on:
        return None
    return Day(min(ends, years.ends_on), starts)


def _year(name: str, years: Years) -> Day | None:
    if found := ONE_YEAR.match(name):
        return Day(date(int(found.group(1)), 12, 31))
    if found := TWO_YEARS.match(name):
        first, last = int(found.group(1)), _full(found.group(2))
        if last == first + 1:
            return Day(_day_before(date(last, years.begins_in, 1)), date(first, years.begins_in, 1))
        return Day(date(last, 12, 31), date(first, 1, 1)) if last > first else None
    if found := QUARTER.match(name):
        quarter, year, next_year = found.groups()
        return _quarter(int(quarter), _full(year), years.begins_in if next_year else 1)
    if found := QUARTER_AFTER.match(name):
        return _quarter(int(found.group(2)), int(found.group(1)), 1)
    return None


def _quarter(quarter: int, year: int, begins_in: int) -> Day:
    month = begins_in - 1 + (quarter - 1) * 3
    starts = date(year + month // 12, month % 12 + 1, 1)
    after = begins_in - 1 + quarter * 3
    return Day(_day_before(date(year + after // 12, after % 12 + 1, 1)), starts)


def _full(year: str) -> int:
    return int(year) if len(year) == 4 else 2000 + int(year)


def _day_before(day: date) -> date:
    return date.fromordinal(day.toordinal() - 1)


def is_of_one_plan(day: str) -> bool:
    """Whether a word for a day means another in each plan: "Y2"."""
    return bool(YEAR_OF_PLAN.match(day))


# --- areas ----------------------------------------------------------------------------------------
def areas_of(text: str, answers: Mapping[str, str]) -> tuple[list[str], list[str]]:
    """The areas a cell names, and the parts of it that name none. `answers` are areas by word."""
    whole = plain(text)
    if area := answers.get(whole) or AREA_WORDS.get(whole):
        return [area], []
    found: list[str] = []
    unknown: list[str] = []
    for part in re.split(r"[,;/&\n+]|\band\b", text):
        if not (name := plain(part)):
            continue
        area = answers.get(name) or AREA_WORDS.get(name) or area_within(name)
        if area and area not in found:
            found.append(area)
        elif not area:
            unknown.append(part.strip())
    return found, unknown


def area_within(text: str) -> str:
    """The one area named somewhere in a heading: "Theme 2: Recognition"; else nothing."""
    name = plain(text)
    if name in AREA_WORDS and len(name) > 2:
        return AREA_WORDS[name]
    if len(name) > LONGEST_AREA:
        return ""
    words = f" {name} "
    found = {area for known, area in AREA_WORDS.items() if len(known) > 5 and f" {known} " in words}
    if len(found) == 2 and "impact" in found and "evaluating impact" not in name:
        found.discard("impact")  # "the impact of recognition" is about recognition
    return found.pop() if len(found) == 1 else ""
