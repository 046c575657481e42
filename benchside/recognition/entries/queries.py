"""What anybody can ask of the registers: look-ups that stay quick whatever their size."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.db.models import QuerySet

from benchside.assessment.awarding import queries as awarding
from benchside.people.models import Technician
from benchside.recognition.entries import folding
from benchside.recognition.entries.folding import Wanted
from benchside.recognition.entries.publishing import Published, published, readable
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
    typed = folding.number_key(text)
    keys = [f"#{typed}".encode()]
    if typed.isdigit():
        keys += [f"#{one}{typed:0>6}".encode() for one in {_prefix(each) for each in among}]
    found = NameKey.objects.filter(register__in=[one.pk for one in among], key__in=keys)
    return list(found.order_by("entry").values_list("entry", flat=True).distinct())


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
    found = {one.pk: published(one) for one in readable(Entry.objects.filter(pk__in=ids))}
    return {pk: one for pk, one in found.items() if one is not None}


def in_order(ids: Sequence[int]) -> list[Published]:
    """The same, in the order of the ids."""
    found = by_id(ids)
    return [found[pk] for pk in ids if pk in found]


def entry_by_number(register: Register, number: str) -> Entry | None:
    """Any entry, also one that nobody may see: whoever shows it goes through `publishing`."""
    return readable(Entry.objects.filter(register=register, award__number=number)).first()


def standing(most: int) -> Iterator[tuple[str, str]]:
    """Register and number of entries that everybody may see and that stand, the newest first."""
    entries = readable(Entry.objects.filter(is_hidden=False)).order_by("-pk")
    for entry in entries.iterator(chunk_size=500):
        if not most:
            return
        if (shown := published(entry)) is not None and shown.stands:
            most -= 1
            yield shown.register.slug, shown.number


def exactly(names: Iterable[str], numbers: Iterable[str]) -> tuple[dict[str, set[int]], ...]:
    """For many at once: which entries bear each of these names whole, and which these numbers,
    by the name and the number as they were given."""
    by_key: dict[bytes, set[int]] = {}
    wanted_keys = {_name_key(name) for name in names} | {_number(number) for number in numbers}
    keys = sorted(wanted_keys - {b"", b"#"})
    among = [one.pk for one in registers()]
    for start in range(0, len(keys), 400):
        found = NameKey.objects.filter(register__in=among, key__in=keys[start : start + 400])
        for key, pk in found.values_list("key", "entry"):
            by_key.setdefault(bytes(key), set()).add(pk)
    return (
        {name: by_key.get(_name_key(name), set()) for name in names},
        {number: by_key.get(_number(number), set()) for number in numbers},
    )


def _name_key(name: str) -> bytes:
    return folding.fold(name).encode()[: folding.LONGEST_KEY]


def _number(number: str) -> bytes:
    return f"#{folding.number_key(number)}".encode()


# --- one's own ----------------------------------------------------------------------------------
def entry_of(technician: Technician, number: str) -> Entry | None:
    """Somebody's own entry, whatever its state and hidden or not."""
    mine = Entry.objects.filter(award__technician=technician, award__number=number)
    return readable(mine).first()


def open_request(entry: Entry) -> HidingRequest | None:
    return entry.hiding_requests.filter(state="open").first()


# --- the registrar ------------------------------------------------------------------------------
def requests_kept(register: Register) -> QuerySet[HidingRequest]:
    """Who asks to be hidden, what is open first."""
    found = HidingRequest.objects.filter(entry__register=register)
    return found.select_related("entry__award").order_by("answered_at", "made_at")


def name_on(entry: Entry, day: date) -> str:
    """The name it was registered under on a day; `former_names` may be prefetched."""
    later = [one for one in entry.former_names.all() if one.until > day]
    return min(later, key=lambda one: one.until).name if later else entry.name
