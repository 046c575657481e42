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
    MANY = "Several registers have this number"


SPELLING = "Check the spelling, or ask them for their number."
NO_SUCH_NUMBER = "Check the number, letters and all, or give their name beside it."
NEITHER = "Nobody is found by the number, nor by the name. Check both with them."
ANOTHERS = "The number is somebody else’s. Ask them again."
WHICH_PERSON = "Give the number: the name alone does not tell who it is."
WHICH_REGISTER = "Give the number with its letters: more than one register has it."
BY_NAME = "Found by the name alone: ask them whether the number is theirs."
INSTEAD = "The number you gave is not found. This is by the name alone: ask them for their number."


@dataclass(frozen=True, slots=True)
class Answer:
    """`entry` is there when it is NOW or WAS, and only then."""

    asked: Asked
    verdict: Verdict
    advice: str = ""
    entry: Published | None = None


def check(rows: Sequence[Asked]) -> list[Answer]:
    """A name alone is answered when exactly one published entry bears it whole, and so is one
    beside a number that is nobody's."""
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
    ids = sorted(by_number.get(asked.number, set()) & set(shown))
    if ids:
        fits = [pk for pk in ids if _bears(asked.name, shown[pk], former.get(pk, []))]
        if not fits:
            return Answer(asked, Verdict.OTHER, ANOTHERS)
        return _one_of(asked, [shown[pk] for pk in fits], "", Verdict.MANY, WHICH_REGISTER)
    ids = sorted(by_name.get(asked.name, set()) & set(shown))
    fits = [pk for pk in ids if _bears(asked.name, shown[pk], former.get(pk, []))]
    if fits:
        said = INSTEAD if asked.number else BY_NAME
        return _one_of(asked, [shown[pk] for pk in fits], said, Verdict.SEVERAL, WHICH_PERSON)
    if not asked.number:
        return Answer(asked, Verdict.NONE, SPELLING)
    return Answer(asked, Verdict.NONE, NEITHER if asked.name else NO_SUCH_NUMBER)


def _one_of(
    asked: Asked, fits: Sequence[Published], said: str, several: Verdict, which: str
) -> Answer:
    if len(fits) > 1:
        return Answer(asked, several, which)
    return Answer(asked, Verdict.NOW if fits[0].stands else Verdict.WAS, said, fits[0])


def _bears(name: str, one: Published, former: Sequence[str]) -> bool:
    """Whether it is the name of this entry, now or before, with the letters of its own register
    after it or without: those of another are not theirs."""
    names = [one.name, *former]
    bare = folding.without_letters(name, one.register.letters)
    return folding.bears(name, names) or folding.bears(bare, names)
