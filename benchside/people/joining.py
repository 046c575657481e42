"""One person, two records: rooms above move what hangs on the one to the other."""

from collections.abc import Callable

from benchside.people.models import Technician

# Called with (kept, gone) inside the transaction, before `gone` is deleted. May raise Refused.
movers: list[Callable[[Technician, Technician], None]] = []


def join(kept: Technician, gone: Technician) -> None:
    """Make two records one. `gone` has no account."""
    for move in movers:
        move(kept, gone)
    gone.claims.update(technician=kept)
    gone.delete()
