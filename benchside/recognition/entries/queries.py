"""What anybody can ask of the registers: look-ups that stay quick whatever their size."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import F, QuerySet

from benchside.accounts.models import User
from benchside.assessment.awarding import queries as awarding
from benchside.people.models import Technician
from benchside.recognition.entries import folding, searching
from benchside.recognition.entries.folding import Wanted
from benchside.recognition.entries.publishing import Published, published, readable, readable_many
from benchside.recognition.models import Entry, HidingRequest, NameKey, Register

MOST = 200  # results of one look-up; whoever gets more types more
LONGEST_WORDS = 100
_ROWS = 300  # keys read along one range: an entry may stand there under several names
_SIEVED = 5000  # and where further words are to be looked for in each


@dataclass(frozen=True, slots=True)
class Found:
    """What a look-up found: ids of entries, in order, at most MOST; more when there are more.

    `register`: the one whose letters were among the words. `is_asked`: whether there was anything
    to look for.
    """

    ids: list[int] = field(default_factory=list)
    more: bool = False
    register: Register | None = None
    is_asked: bool = True


def registers() -> QuerySet[Register]:
    return Register.objects.order_by("name")


def look_up(text: str, among: Sequence[Register]) -> Found:
    """Entries that everybody may see, by name, number, or name and letters.

    The last word may be only begun. A number is looked for whole, with its letters or without.
    """
    lettered, words = _without_letters(text[:LONGEST_WORDS], among)
    if lettered is not None:
        among = [lettered]
    if any(letter.isdigit() for letter in text):
        return Found(_by_number(text, among), register=lettered)
    asked = folding.wanted(words)
    if asked is None:
        return Found(register=lettered, is_asked=False)
    hits = [hit for register in among for hit in _along(register, asked)]
    ids = list(dict.fromkeys(pk for _, pk in sorted(hits)))
    return Found(ids[:MOST], len(ids) > MOST or len(hits) >= _ROWS, lettered)


def _without_letters(
    text: str, among: Sequence[Register]
) -> tuple[Register | None, tuple[str, ...]]:
    """The register whose letters are among the words, and the other words."""
    words, found = folding.words_of(text), None
    for register in among:
        letters = folding.fold(register.letters)
        if letters in words:
            found, words = register, tuple(word for word in words if word != letters)
    return found, words


def _by_number(text: str, among: Sequence[Register]) -> list[int]:
    """All that was typed, as a number; else its words with a digit: a name may stand beside it."""
    prefixes = {_prefix(one) for one in among}
    words = _numbers_in(text)
    for typed in ([text] if folding.is_number(text) else [], ["".join(words), *words]):
        keys = {key for one in typed for key in _number_keys(one, prefixes)}
        found = NameKey.objects.filter(register__in=[one.pk for one in among], key__in=keys)
        if ids := list(found.order_by("entry").values_list("entry", flat=True).distinct()):
            return ids
    return []


def _numbers_in(text: str) -> list[str]:
    """The words that may be numbers. A sum is none, =1 + 1 or 3/4; nor is one in a text of nothing
    but signs and digits. With a letter it may be one, whatever stands between its parts."""
    words = text.split()
    may_be = [one for one in words if folding.is_number(one) or any(map(str.isalpha, one))]
    if may_be != words and not any(map(str.isalpha, text)):
        return []
    return [one for one in may_be if any(map(str.isdigit, one))]


def _number_keys(number: str, prefixes: Collection[str]) -> set[bytes]:
    """Every key a number may stand under: as it was typed, and with the letters and the zeros that
    a spreadsheet or somebody in a hurry left out."""
    typed = folding.number_key(number)
    if not typed:
        return set()
    bare = {one: typed.removeprefix(one) for one in prefixes}
    padded = {f"{one}{digits:0>6}" for one, digits in bare.items() if digits.isdecimal()}
    return {f"#{key}".encode() for key in {typed, *padded}}


def _prefix(register: Register) -> str:
    version = awarding.version_in_force(register.standard)
    rules = version.standard.award if version else None
    return folding.number_key(rules.number) if rules else ""


def _along(register: Register, asked: Wanted) -> list[tuple[bytes, int]]:
    """Keys of one register in the ranges, with their entries; those with a plus sort as if
    they had none."""
    is_sieved = bool(asked.also or asked.begun)
    hits: list[tuple[bytes, int]] = []
    for low, high in asked.ranges:
        keys = NameKey.objects.filter(register=register, key__gte=low, key__lt=high)
        rows = keys.order_by("key", "entry").values_list("key", "entry")
        rows = rows[: _SIEVED if is_sieved else _ROWS]
        hits += [(bytes(key), pk) for key, pk in rows]
    return [(key.removeprefix(b"+"), pk) for key, pk in hits if asked.fits(key)]


def by_id(ids: Sequence[int]) -> dict[int, Published]:
    """The entries with these ids as everybody may see them; those that nobody may are left out."""
    found = readable_many(Entry.objects.filter(pk__in=ids))
    shown = {one.pk: published(one) for one in found}
    return {pk: one for pk, one in shown.items() if one is not None}


def in_order(ids: Sequence[int]) -> list[Published]:
    """The same, in the order of the ids."""
    found = by_id(ids)
    return [found[pk] for pk in ids if pk in found]


def entry_by_number(register: Register, number: str) -> Entry | None:
    """Any entry, also one that nobody may see: whoever shows it goes through `publishing`. A former
    number leads to the entry of whoever had it, also when it was an entry's own once."""
    here = readable(Entry.objects.filter(register=register))
    found = here.filter(award__number=number).first()
    if found is None or found.is_hidden:
        return here.filter(former_numbers__number=number).first() or found
    return found


def number_meant(register: Register, number: str) -> str:
    """The number of the one entry that everybody may see and that this may stand for, written
    another way: rt-000001, RT000001, RT 1. Empty where there is none, or more than one."""
    keys = _number_keys(number, {_prefix(register)})
    found = NameKey.objects.filter(register=register, key__in=keys)
    meant = set(found.values_list("entry__award__number", flat=True))
    return meant.pop() if len(meant) == 1 else ""


def exactly(names: Iterable[str], numbers: Iterable[str]) -> tuple[dict[str, set[int]], ...]:
    """For many at once: which entries bear each of these names whole, and which these numbers,
    by the name and the number as they were given."""
    by_key: dict[bytes, set[int]] = {}
    every = list(registers())
    begun, among = {_prefix(one) for one in every}, [one.pk for one in every]
    letters = [one.letters for one in every]
    named = {name: _name_keys(name, letters) for name in names}
    numbered = {
        number: _number_keys(number, begun) if folding.is_number(number) else set()
        for number in numbers
    }
    keys = sorted(set().union(*named.values(), *numbered.values()))
    for start in range(0, len(keys), 400):
        found = NameKey.objects.filter(register__in=among, key__in=keys[start : start + 400])
        for key, pk in found.values_list("key", "entry"):
            by_key.setdefault(bytes(key), set()).add(pk)
    return tuple(
        {
            given: set().union(*(by_key.get(key, set()) for key in theirs))
            for given, theirs in asked.items()
        }
        for asked in (named, numbered)
    )


def _name_keys(name: str, letters: Iterable[str]) -> set[bytes]:
    """With the letters of a register at its end, and without."""
    ways = {name, *(folding.without_letters(name, one) for one in letters)}
    return set().union(*(folding.whole_keys(way) for way in ways))


def prefixes() -> frozenset[str]:
    """What the numbers of all registers begin with, folded."""
    return frozenset(_prefix(one) for one in registers()) - {""}


# --- one's own ----------------------------------------------------------------------------------
def entry_of(technician: Technician, number: str) -> Entry | None:
    """Somebody's own entry, whatever its state and hidden or not."""
    mine = Entry.objects.filter(award__technician=technician, award__number=number)
    return readable(mine).first()


def open_request(entry: Entry) -> HidingRequest | None:
    return entry.hiding_requests.filter(state="open").first()


# --- the registrar ------------------------------------------------------------------------------
REQUEST_SORTS: dict[str, tuple[Any, ...]] = {
    "": (F("answered_at").asc(nulls_first=True), "made_at", "pk"),
    "number": ("entry__award__number", "pk"),
    "name": ("entry__name", "pk"),
    "what": ("wants_shown", "made_at", "pk"),
    "asked": ("made_at", "pk"),
    "state": ("state", "made_at", "pk"),
}


def requests_kept(
    register: Register, reader: User, *, words: str = "", state: str = "", sort: str = ""
) -> QuerySet[HidingRequest]:
    """Who asks to be hidden, or shown again, what is open first; of what a registrar asked for
    themselves, another reads and decides."""
    found = HidingRequest.objects.filter(entry__register=register)
    found = found.exclude(entry__award__technician__account=reader)
    columns = ("entry__name", "entry__award__number")
    found = found.filter(searching.having(words, columns, columns[1:]))
    if state:
        found = found.filter(state=state)
    found = found.select_related("entry__award").order_by(*REQUEST_SORTS[sort.removeprefix("-")])
    return found.reverse() if sort.startswith("-") else found


def name_on(entry: Entry, day: date) -> str:
    """The name it was registered under on a day; `former_names` may be prefetched."""
    later = [one for one in entry.former_names.all() if one.until > day]
    return min(later, key=lambda one: one.until).name if later else entry.name
