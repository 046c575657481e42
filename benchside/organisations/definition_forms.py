"""The editor of a definition: rules as rows that can be moved, added and taken out, all kept."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from benchside.organisations.staff_list import About, Definition, Verdict
from benchside.organisations.staff_list.definition import MAX_RULES

ABOUT = [
    (About.TITLE, "Job title has the words"),
    (About.SOC, "SOC 2020 code begins with"),
    (About.GRADE, "Grade is"),
    (About.FAMILY, "Job family is"),
    (About.UNIT, "Unit, or the one above it, is"),
]
VERDICTS = [
    (Verdict.TECHNICIAN, "a technician"),
    (Verdict.LIKELY, "likely, a person decides"),
    (Verdict.UNLIKELY, "no technician"),
]
LONGEST, LONGEST_NOTE = 6_000, 500


@dataclass
class RuleRow:
    """One rule as it is typed: words stand on a line each, or between commas."""

    about: str = About.TITLE
    words: str = ""
    verdict: str = Verdict.TECHNICIAN
    note: str = ""
    problem: str = ""

    @property
    def is_blank(self) -> bool:
        return not self.words.strip() and not self.note.strip()

    def as_rule(self) -> dict[str, Any]:
        words = [word.strip() for word in self.words.replace("\n", ",").split(",")]
        return {
            "about": self.about,
            "words": [word for word in words if word],
            "verdict": self.verdict,
            "note": self.note,
        }


def rows_of(definition: Definition) -> list[RuleRow]:
    return [
        RuleRow(one.about, ", ".join(one.words), one.verdict, one.note) for one in definition.rules
    ]


def rows_from(posted: Mapping[str, str]) -> list[RuleRow]:
    """As they were typed, in the order they stood."""
    typed = posted.get("rules", "0")
    count = min(int(typed), MAX_RULES + 1) if typed.isascii() and typed.isdecimal() else 0
    return [
        RuleRow(
            about=posted.get(f"about-{place}", ""),
            words=posted.get(f"words-{place}", "")[:LONGEST],
            verdict=posted.get(f"verdict-{place}", ""),
            note=posted.get(f"note-{place}", "")[:LONGEST_NOTE],
        )
        for place in range(count)
    ]


def moved(rows: list[RuleRow], do: str) -> list[RuleRow]:
    """The rows after a press on "add", "up-2", "down-2" or "remove-2"; places count from 0."""
    verb, _, at = do.partition("-")
    rows = list(rows)
    if verb == "add":
        return [*rows, RuleRow()]
    place = int(at) if at.isascii() and at.isdecimal() else len(rows)
    if place >= len(rows):
        return rows
    one = rows.pop(place)
    if verb == "remove":
        return rows
    rows.insert(max(place - 1, 0) if verb == "up" else place + 1, one)
    return rows


def tell_problem(rows: list[RuleRow], message: str) -> None:
    """Put a refusal such as "Rule 2 has no words" beside the rule it names."""
    for place, row in enumerate(rows, start=1):
        if message.startswith((f"Rule {place} ", f"Rule {place}:")):
            row.problem = message
