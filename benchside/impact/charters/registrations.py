"""What this part offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping

from wagtail import hooks

from benchside.assessment import writing_rules
from benchside.assessment.awarding.offers import StandardFolder, award_homes, standard_folders
from benchside.assessment.rail import form_homes
from benchside.core.registries import (
    PagePurge,
    Plain,
    area_reports,
    measures,
    page_purges,
    panels,
    personal_data_exports,
    subscriptions,
    todo_sources,
    workspace_tabs,
)
from benchside.impact.charters import desk_menu, files, homes, rules, states, tasks, workspace
from benchside.impact.charters.events import CHARTER_CHANGED
from benchside.impact.charters.exports import CHARTERS
from benchside.impact.charters.listening import SUBSCRIPTIONS
from benchside.impact.charters.measures import MEASURES
from benchside.impact.charters.panels import PANELS

__all__ = ["register", "states", "tasks"]  # named, so that its tables and clock are known


def pages_of_charters(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/charters*", "/sitemap.xml")


PURGE = PagePurge(key="impact.charters", event=CHARTER_CHANGED.key, addresses=pages_of_charters)


def register() -> None:
    page_purges.register(PURGE)
    standard_folders.register(StandardFolder(key="impact.charters", path=files.FOLDER))
    award_homes.register(homes.HOME)
    form_homes.register(homes.FORM_HOME)
    personal_data_exports.register(CHARTERS)
    writing_rules.leads.append(rules.leads_submission)
    writing_rules.signers.append(rules.signs_submission)
    for subscription in SUBSCRIPTIONS:
        subscriptions.register(subscription)
    for panel in PANELS:
        panels.register(panel)
    for measure in MEASURES:
        measures.register(measure)
    for tab in workspace.TABS:
        workspace_tabs.register(tab)
    todo_sources.register(workspace.TO_DO)
    area_reports.register(workspace.REPORT)
    hooks.register("register_admin_urls", desk_menu.urls)
    hooks.register("register_admin_menu_item", desk_menu.item)
