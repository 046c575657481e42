"""What somebody on a register has to see to themselves, so that they stay on it: other parts
register theirs, such as renewals and CPD. And how all of it stands in their own space."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from django.urls import reverse
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.registries import OwnSource, Registry, ToDo
from benchside.recognition.models import Entry, Fee
from benchside.recognition.registers import queries


@dataclass(frozen=True, slots=True)
class Due:
    """One thing to see to: what, why, where, and the last day where there is one."""

    title: str
    why: str
    url: str
    by: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Upkeep:
    """`due(entry, today)` gives what waits for whoever holds the entry."""

    key: str
    due: Callable[[Entry, date], Iterable[Due]]
    order: int = 0


upkeep: Registry[Upkeep] = Registry("what keeps an entry alive")


def due_of(entry: Entry) -> list[Due]:
    """All that waits for whoever holds it, the nearest day first."""
    today = timezone.localdate()
    found = [due for one in upkeep for due in one.due(entry, today)]
    return sorted(found, key=lambda one: one.by or date.max)


def fees_due(fees: Sequence[Fee]) -> Due | None:
    """One line for all fees that somebody has to pay, with the first of their days."""
    if not fees:
        return None
    many = len(fees)
    days = [day for one in fees if (day := _day(one))]
    first = min(days, default=None)
    by = f", by {first:%-d %B %Y}" if first else ""
    title = f"{many} fees to pay, the first{by}" if many > 1 and by else f"{many} fee to pay{by}"
    if many > 1 and not by:
        title = f"{many} fees to pay"
    why = "See what for, and ask where you work to pay."
    return Due(title, why, reverse("recognition:my_fees"), first)


def _day(fee: Fee) -> date | None:
    return fee.due_on or (fee.application.pay_by if fee.application else None)


def things_to_do(user: User) -> Sequence[ToDo]:
    """For somebody's own space: what waits for each of their entries, and their fees."""
    found = [
        _todo(one, f"{entry.register.name}, {entry.award.number}. ")
        for entry in queries.entries_of(user)
        for one in due_of(entry)
    ]
    fees = fees_due(queries.fees_owed_by(user))
    return [*found, _todo(fees)] if fees else found


def _todo(one: Due, of: str = "") -> ToDo:
    order = (one.by or date.max).toordinal()
    return ToDo(title=one.title, why=f"{of}{one.why}", do="See to it", url=one.url, order=order)


TO_DO = OwnSource(key="recognition.upkeep", things=things_to_do)
