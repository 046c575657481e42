"""Answers to an employer who checks many people at once: row by row, and nothing is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from benchside.recognition.entries import folding, queries
from benchside.recognition.entries.bulk import Asked
from benchside.recognition.entries.publishing import Published
from benchside.recognition.models import FormerName

CHUNK = 500


class Verdict(StrEnum):
    NOW = "Registered now"
    WAS = "Not registered now"
    NONE = "No published entry"
    OTHER = "Number and name do not fit"
    SEVERAL = "Several people of this name"


ADVICE = {
    Verdict.NONE: "Check the spelling, or ask them for their number.",
    Verdict.OTHER: "The number is somebody else’s. Ask them again.",
    Verdict.SEVERAL: "Give the number: the name alone does not tell who it is.",
}


@dataclass(frozen=True, slots=True)
class Answer:
    """`entry` is there when it is NOW or WAS, and only then."""

    asked: Asked
    verdict: Verdict
    advice: str = ""
    entry: Published | None = None


def check(rows: Sequence[Asked]) -> list[Answer]:
    """A name alone is answered when exactly one published entry bears it whole."""
    by_name, by_number = queries.exactly(
        dict.fromkeys(one.name for one in rows if one.name),
        dict.fromkeys(one.number for one in rows if one.number),
    )
    shown = _shown({pk for found in (by_name, by_number) for ids in found.values() for pk in ids})
    former = _former(set(shown))
    return [_answer(one, by_name, by_number, shown, former) for one in rows]


def _shown(ids: set[int]) -> dict[int, Published]:
    every = sorted(ids)
    found: dict[int, Published] = {}
    for start in range(0, len(every), CHUNK):
        found |= queries.by_id(every[start : start + CHUNK])
    return found


def _former(ids: set[int]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    every = sorted(ids)
    for start in range(0, len(every), CHUNK):
        names = FormerName.objects.filter(entry__in=every[start : start + CHUNK])
        for pk, name in names.values_list("entry", "name"):
            found.setdefault(pk, []).append(name)
    return found


def _answer(
    asked: Asked,
    by_name: dict[str, set[int]],
    by_number: dict[str, set[int]],
    shown: dict[int, Published],
    former: dict[int, list[str]],
) -> Answer:
    if asked.number:
        ids = sorted(by_number[asked.number] & set(shown))
        fits = [pk for pk in ids if _bears(asked.name, [shown[pk].name, *former.get(pk, [])])]
        verdict = Verdict.OTHER if ids else Verdict.NONE
    else:
        fits = sorted(by_name.get(asked.name, set()) & set(shown))
        verdict = Verdict.NONE
    if len(fits) > 1:
        verdict = Verdict.SEVERAL
    if len(fits) != 1:
        return Answer(asked, verdict, ADVICE[verdict])
    entry = shown[fits[0]]
    said = "" if asked.number else "Found by the name alone: ask them whether the number is theirs."
    return Answer(asked, Verdict.NOW if entry.stands else Verdict.WAS, said, entry)


def _bears(name: str, names: Sequence[str]) -> bool:
    """Whether every word that was given is in one of somebody's names."""
    words = set(folding.words_of(name)) - folding.TITLES
    return any(words <= set(folding.words_of(one)) for one in names)
