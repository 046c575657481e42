"""What can be asked across the catalogue's records, for the desk and its reports.

Readers' pages ask `live.live_catalogue()` instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.db.models import Model
from django.utils import timezone

from benchside.careers.models import Advice, Role, Route
from benchside.careers.models.roles import CHECK_EVERY


@dataclass(frozen=True, slots=True)
class StaleFact:
    """Something a person should check again.

    `record` is what to open at the desk. `as_of` is the day it was last known to be true, or
    None when nobody has looked yet. `source` says whose fact it is.
    """

    record: Model
    what: str
    source: str
    as_of: date | None

    @property
    def age(self) -> date:
        """To sort by: what was never checked comes first."""
        return self.as_of or date.min


def stale_facts(on: date | None = None) -> list[StaleFact]:
    """All that is out of date on a day (today), oldest first."""
    today = on or timezone.localdate()
    found = [*_roles(today), *_routes(today), *_advice(today)]
    return sorted(found, key=lambda fact: (fact.age, fact.what))


def _roles(today: date) -> Iterator[StaleFact]:
    for role in Role.objects.filter(live=True, checked_on__lt=today - CHECK_EVERY):
        yield StaleFact(role, f"{role}: the words and facts", "our own reading", role.checked_on)


def _routes(today: date) -> Iterator[StaleFact]:
    """A source's age limit is in days, so the comparison is made here and not in SQL."""
    routes = Route.objects.filter(role__live=True).select_related("source", "role")
    for route in routes:
        if (today - route.as_of).days > route.source.stale_after_days:
            what = f"{route.role}: {route}"
            yield StaleFact(route.role, what, route.source.name, route.as_of)


def _advice(today: date) -> Iterator[StaleFact]:
    for advice in Advice.objects.all():
        if advice.checked_on is None or advice.checked_on < today - CHECK_EVERY:
            yield StaleFact(advice, f"{advice}: its links", advice.publisher, advice.checked_on)
