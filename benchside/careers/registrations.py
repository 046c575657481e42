"""What this room offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping

from benchside.careers import sheet
from benchside.careers.events import CATALOGUE_CHANGED
from benchside.careers.imports import CatalogueImporter
from benchside.careers.measures import MEASURES
from benchside.careers.models import Role
from benchside.careers.official_lists.importers import ROUTE_LISTS, SocImporter
from benchside.core.imports import importers
from benchside.core.registries import PagePurge, Plain, events, measures, page_purges

SHOWING_ROLES = ("/", "/careers/*", "/search/*", "/api/v1/*", "/sitemap.xml")


def pages_with_roles(payload: Mapping[str, Plain]) -> Iterable[str]:
    return SHOWING_ROLES


PURGE = PagePurge(key="careers.pages", event=CATALOGUE_CHANGED.key, addresses=pages_with_roles)


def register() -> None:
    Role.sheet = sheet.context
    events.register(CATALOGUE_CHANGED)
    importers.register(CatalogueImporter())
    for each in ROUTE_LISTS.values():
        importers.register(each())
    importers.register(SocImporter())
    page_purges.register(PURGE)
    for measure in MEASURES:
        measures.register(measure)
