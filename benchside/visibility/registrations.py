"""What this room offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping

from benchside.core import pictures
from benchside.core.registries import (
    PagePurge,
    Panel,
    Plain,
    SearchProvider,
    area_reports,
    page_purges,
    panels,
    search_providers,
    workspace_tabs,
)
from benchside.organisations.equipment.events import EQUIPMENT_CHANGED
from benchside.organisations.events import STAFF_CHANGED
from benchside.people.events import PROFILE_CHANGED
from benchside.visibility import elsewhere, workspace
from benchside.visibility.campaigns import registrations as campaigns
from benchside.visibility.contests import registrations as contests
from benchside.visibility.credit import registrations as credit
from benchside.visibility.exhibitions import registrations as exhibitions
from benchside.visibility.photos import registrations as photos
from benchside.visibility.stories import registrations as stories

SHOWING_PEOPLE = (
    "/technicians*", "/careers/roles/*", "/search/*", "/api/v1/technicians*", "/sitemap.xml",
)  # fmt: skip


def pages_with_people(payload: Mapping[str, Plain]) -> Iterable[str]:
    return SHOWING_PEOPLE


def pages_with_equipment(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/technicians/kit/*",)


ON_A_ROLE = Panel(
    key="visibility.role",
    place="careers.role",
    title="Technicians who do this",
    template="visibility/parts/panel.html",
    context=elsewhere.who_does,
)
SEARCH = SearchProvider(key="technician", title="Technicians", find=elsewhere.find)


def register() -> None:
    for event in (PROFILE_CHANGED, STAFF_CHANGED):
        page_purges.register(
            PagePurge(key=f"visibility.{event.key}", event=event.key, addresses=pages_with_people)
        )
    page_purges.register(
        PagePurge(
            key="visibility.equipment",
            event=EQUIPMENT_CHANGED.key,
            addresses=pages_with_equipment,
        )
    )
    panels.register(ON_A_ROLE)
    search_providers.register(SEARCH)
    for tab in workspace.TABS:
        workspace_tabs.register(tab)
    area_reports.register(workspace.REPORT)
    pictures.viewers.append(elsewhere.may_see_photo)
    for part in (stories, credit, campaigns, photos, contests, exhibitions):
        part.register()
