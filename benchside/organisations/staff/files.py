"""Files that staff lists come in: deleted with their rows, never before them."""

from collections.abc import Iterable
from functools import partial

from django.db import transaction

from benchside.organisations.models import StaffFile


def delete_files(files: Iterable[StaffFile]) -> int:
    """Delete rows now, and what they hold once that is committed. Gives how many."""
    found = list(files)
    for one in found:
        name, storage = one.file.name, one.file.storage
        one.delete()
        if name:
            transaction.on_commit(partial(storage.delete, name))
    return len(found)
