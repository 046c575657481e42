"""Facts that have grown older than they may: of the catalogue and of written pages."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from wagtail.models import Page

from benchside.careers.models import Advice, Role, Route
from benchside.careers.models.roles import CHECK_EVERY
from benchside.website.models.pages import SheetPage

CHECK_PAGES_EVERY = timedelta(days=365)
CHECK_LINKS_EVERY = timedelta(days=365)
KINDS = {
    "route": "Way in",
    "role": "Role",
    "advice": "Careers service",
    "page": "Page",
}


@dataclass(frozen=True, slots=True)
class StaleFact:
    """One fact to check again. `as_of` is when it was last true, `since` the day it grew stale;
    `record` is what to open to mend it."""

    kind: str
    fact: str
    where: str
    nation: str
    source: str
    source_url: str
    as_of: date | None
    since: date | None
    record: Any = field(compare=False)

    @property
    def kind_label(self) -> str:
        return KINDS[self.kind]


def stale_facts(today: date | None = None) -> list[StaleFact]:
    """All of them, the longest stale first."""
    day = today or timezone.localdate()
    gathered: list[Callable[[date], Iterator[StaleFact]]] = [_routes, _roles, _advice, _pages]
    found = [fact for gather in gathered for fact in gather(day)]
    return sorted(found, key=lambda one: (one.since or date.min, one.where, one.fact))


def _routes(today: date) -> Iterator[StaleFact]:
    for route in Route.objects.select_related("source", "role").filter(role__live=True):
        ends = [route.as_of + timedelta(days=route.source.stale_after_days)]
        ends += [route.valid_to] if route.valid_to else []
        if min(ends) < today:
            yield StaleFact(
                kind="route",
                fact=str(route),
                where=route.role.title,
                nation=route.get_nation_display(),
                source=route.source.name,
                source_url=route.source.url,
                as_of=route.as_of,
                since=min(ends),
                record=route.role,
            )


def _roles(today: date) -> Iterator[StaleFact]:
    for role in Role.objects.filter(live=True, checked_on__lt=today - CHECK_EVERY):
        yield StaleFact(
            kind="role",
            fact="The whole sheet",
            where=role.title,
            nation="All",
            source="Read by a person",
            source_url="",
            as_of=role.checked_on,
            since=role.checked_on + CHECK_EVERY,
            record=role,
        )


def _advice(today: date) -> Iterator[StaleFact]:
    for advice in Advice.objects.all():
        since = advice.checked_on and advice.checked_on + CHECK_LINKS_EVERY
        if since is None or since < today:
            yield StaleFact(
                kind="advice",
                fact="Links to advice and pay",
                where=advice.name,
                nation=advice.get_nation_display(),
                source=advice.publisher,
                source_url=advice.url,
                as_of=advice.checked_on,
                since=since,
                record=advice,
            )


def _pages(today: date) -> Iterator[StaleFact]:
    for page in Page.objects.live().public().specific():
        if not isinstance(page, SheetPage):
            continue
        since = page.review_by or page.checked_on + CHECK_PAGES_EVERY
        if since < today:
            yield StaleFact(
                kind="page",
                fact="The whole page",
                where=page.title,
                nation="All",
                source="Read by a person",
                source_url="",
                as_of=page.checked_on,
                since=since,
                record=page,
            )
