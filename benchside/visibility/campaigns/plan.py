"""What a school does before, on and after the day, and when it is reminded. No Django."""

import datetime
import re
from collections.abc import Sequence
from dataclasses import dataclass

# Letter and how many days before the day it is due; what was missed is made up for until the next.
REMINDERS = (("four-weeks", 28), ("one-week", 7), ("day-before", 1), ("morning", 0))
LINE = re.compile(r"(?P<hour>[01]?\d|2[0-3])[:.](?P<minute>[0-5]\d)\s+(?P<what>\S.*)")
MOST_LINES = 16


class BadProgramme(ValueError):  # noqa: N818
    """A line that is no time and words; the message names it and says what to do."""


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do. `minutes` is how long it takes, `when` when it is best done."""

    when: str
    what: str
    how: str
    minutes: int


@dataclass(frozen=True, slots=True)
class Part:
    """Before, on or after the day."""

    key: str
    title: str
    steps: tuple[Step, ...]

    @property
    def minutes(self) -> int:
        return sum(step.minutes for step in self.steps)


PARTS = (
    Part(
        "before",
        "Before the day",
        (
            Step(
                "Four weeks before",
                "Tell your technicians",
                "Ask what they would like to show, and what they would not.",
                15,
            ),
            Step(
                "Three weeks before",
                "Get a yes from the head",
                "Five minutes in assembly is enough.",
                10,
            ),
            Step(
                "Two weeks before",
                "Print the kit",
                "A poster for each corridor, badges for the team, stickers for the class.",
                20,
            ),
            Step(
                "One week before",
                "Ask who may be in a photograph",
                "Adults only, and each says yes first. No pupils in the picture.",
                15,
            ),
        ),
    ),
    Part(
        "on",
        "On the day",
        (
            Step("First thing", "Put the badges on", "And hang the last posters.", 5),
            Step("Assembly or tutor time", "Show the slides", "Six slides, ten minutes.", 10),
            Step(
                "Break",
                "Open a door",
                "Let a class see the prep room, the workshop or the stage, with a technician.",
                20,
            ),
            Step(
                "Any lesson",
                "Take a photograph",
                "A technician at work. Send it from a phone with your school’s code.",
                5,
            ),
            Step("Last thing", "Say thank you", "By name, and in front of others.", 5),
        ),
    ),
    Part(
        "after",
        "After the day",
        (
            Step(
                "The same week",
                "Look at the wall",
                "Your photographs come up there once they are checked.",
                5,
            ),
            Step(
                "The week after",
                "Give out the certificates",
                "One for the school, one for each technician.",
                10,
            ),
            Step(
                "The month after",
                "Take the letter to the governors",
                "With your figures, and one thing that you ask for.",
                15,
            ),
        ),
    ),
)


def due(day: datetime.date, today: datetime.date) -> str:
    """Which reminder is the one to send today, or nothing: of several, the latest that is due."""
    left = (day - today).days
    for kind, before in reversed(REMINDERS):
        if 0 <= left <= before:
            return kind
    return ""


def due_on(day: datetime.date, kind: str) -> datetime.date:
    """The date a reminder is first due. Who joins on that date or later has read it already."""
    return day - datetime.timedelta(days=dict(REMINDERS)[kind])


def countdown(day: datetime.date, today: datetime.date) -> str:
    """How long it is till then, in words: "in 15 weeks", "tomorrow", "today"; empty afterwards."""
    left = (day - today).days
    if left < 0:
        return ""
    if left < 2:
        return ("today", "tomorrow")[left]
    if left < 21:
        return f"in {left} days"
    weeks = round(left / 7)
    return f"in {weeks} weeks"


def programme(text: str) -> list[dict[str, object]]:
    """The lines "09:00 Assembly" as the sheet's ruler takes them, in order of time.

    Raises BadProgramme for a line that does not begin with a time, and for too many.
    """
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    if len(lines) > MOST_LINES:
        raise BadProgramme(f"At most {MOST_LINES} lines; there are {len(lines)}.")
    return sorted((_moment(line) for line in lines), key=lambda one: str(one["time"]))


def _moment(line: str) -> dict[str, object]:
    found = LINE.fullmatch(line)
    if found is None:
        raise BadProgramme(f"“{line[:60]}” does not begin with a time. Write “09:00 Assembly”.")
    title, _, text = found["what"].partition(": ")
    time = f"{int(found['hour']):02}:{found['minute']}"
    return {"time": time, "title": title, "text": text[:1].upper() + text[1:], "key": False}


def minutes_of(parts: Sequence[Part]) -> int:
    return sum(part.minutes for part in parts)
