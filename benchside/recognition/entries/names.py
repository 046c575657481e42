"""The names by which entries are looked up."""

from django.db import transaction

from benchside.recognition.entries import folding, seals
from benchside.recognition.entries.publishing import is_public
from benchside.recognition.models import Entry, NameKey


def index(entry: Entry) -> None:
    """Make an entry findable by its name, number and former names, and seal what it says; called
    whenever an action makes one, or changes its name, body, day of admission or whether it is
    hidden."""
    with transaction.atomic():
        fresh = Entry.objects.select_related("award__version", "register").get(pk=entry.pk)
        _write_keys(fresh)
        seals.seal(fresh)


def refresh(entry: Entry) -> None:
    """Take an entry out of the look-up, or put it back, as its state now has it."""
    with transaction.atomic():
        _write_keys(Entry.objects.select_related("award__version").get(pk=entry.pk))


def _write_keys(entry: Entry) -> None:
    NameKey.objects.filter(entry=entry).delete()
    NameKey.objects.bulk_create(
        NameKey(register_id=entry.register_id, key=key, entry=entry)
        for key in sorted(keys_of(entry))
    )


def keys_of(entry: Entry) -> set[bytes]:
    """None for an entry that nobody may see."""
    if not is_public(entry):
        return set()
    names = [entry.name, *entry.former_names.values_list("name", flat=True)]
    numbers = [entry.award.number, *entry.former_numbers.values_list("number", flat=True)]
    keys = {f"#{folding.number_key(number)}".encode() for number in numbers}
    return keys.union(*(folding.keys_of(name) for name in names))
