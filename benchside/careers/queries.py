"""What can be asked across the catalogue's records, for the desk and its reports.

Readers' pages ask `live.live_catalogue()` instead.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Model, Prefetch
from django.utils import timezone

from benchside.careers.enums import RouteStatus
from benchside.careers.models import Advice, NationWay, Role, RoleRoute, Route, SocTitle
from benchside.careers.models.roles import CHECK_EVERY
from benchside.careers.models.routes import CLOSED
from benchside.careers.official_lists.soc import words_of

EVERYWHERE = "All"


@dataclass(frozen=True, slots=True, kw_only=True)
class StaleFact:
    """Something a person should check again.

    `record` is what to open at the desk. `as_of` is the day it was last known to be true, or
    None when nobody has looked yet, and `since` the last day it held. `source` says whose fact
    it is; `nation` where it holds, in words.
    """

    kind: str
    record: Model
    where: str
    fact: str
    source: str
    source_url: str = ""
    nation: str = EVERYWHERE
    as_of: date | None
    since: date | None

    @property
    def what(self) -> str:
        return f"{self.where}: {self.fact}"

    @property
    def age(self) -> date:
        """To sort by: what was never checked comes first."""
        return self.as_of or date.min


def soc_titles(title: str) -> list[SocTitle]:
    """Where the SOC 2020 index files a job title, whichever way round its words stand.

    Entries with a code, the plainest first: those that hold in every industry and need no more
    words. "Lighting technician" and "Technician, lighting" give the same. None for an unknown one.
    """
    words = words_of(title)
    found = SocTitle.objects.filter(words=words).exclude(soc2020="") if words else []
    return sorted(found, key=lambda one: (one.industry != "", one.additional != "", one.key))


def stale_facts(on: date | None = None) -> list[StaleFact]:
    """All that is out of date on a day (today), oldest first."""
    today = on or timezone.localdate()
    found = [*_roles(today), *_routes(today), *_advice(today), *_ways(today)]
    return sorted(found, key=lambda fact: (fact.age, fact.what))


def _roles(today: date) -> Iterator[StaleFact]:
    for role in Role.objects.filter(live=True, checked_on__lt=today - CHECK_EVERY):
        yield StaleFact(
            kind="role",
            record=role,
            where=str(role),
            fact="the words and facts",
            source="our own reading",
            as_of=role.checked_on,
            since=role.checked_on + CHECK_EVERY,
        )


def _routes(today: date) -> Iterator[StaleFact]:
    """A source's age limit is in days, so the comparison is made here and not in SQL.

    A route that nobody can start is told once for each role that still names it, since that is
    where it is mended.
    """
    uses = RoleRoute.objects.filter(role__live=True).select_related("role")
    routes = Route.objects.filter(uses__role__live=True).distinct()
    for route in routes.select_related("source").prefetch_related(Prefetch("uses", uses)):
        if route.standing_on(today) == CLOSED or route.status == RouteStatus.COMING:
            yield from (_closed(route, use.role, today) for use in route.uses.all())
            continue
        since = route.as_of + timedelta(days=route.source.stale_after_days)
        if since < today:
            yield _of_route(route, record=route, where=str(route), fact="its facts", since=since)


def _closed(route: Route, role: Role, today: date) -> StaleFact:
    said = "has closed" if route.standing_on(today) == CLOSED else "is not open"
    return _of_route(
        route,
        record=role,
        where=str(role),
        fact=f"{route} {said}",
        since=route.valid_to or route.as_of,
        kind="closed",
    )


def _of_route(
    route: Route, *, record: Model, where: str, fact: str, since: date, kind: str = "route"
) -> StaleFact:
    return StaleFact(
        kind=kind,
        record=record,
        where=where,
        fact=fact,
        source=route.source.name,
        source_url=route.url or route.source.url,
        nation=route.get_nation_display(),
        as_of=route.as_of,
        since=since,
    )


def _advice(today: date) -> Iterator[StaleFact]:
    for advice in Advice.objects.all():
        since = advice.checked_on and advice.checked_on + CHECK_EVERY
        if since is None or since < today:
            yield StaleFact(
                kind="advice",
                record=advice,
                where=str(advice),
                fact="its links",
                source=advice.publisher,
                source_url=advice.url,
                nation=advice.get_nation_display(),
                as_of=advice.checked_on,
                since=since,
            )


def _ways(today: date) -> Iterator[StaleFact]:
    for way in NationWay.objects.all():
        since = way.checked_on and way.checked_on + CHECK_EVERY
        if since is None or since < today:
            yield StaleFact(
                kind="way",
                record=way,
                where=str(way),
                fact="its words and link",
                source="its official page",
                source_url=way.url,
                nation=way.get_nation_display(),
                as_of=way.checked_on,
                since=since,
            )
