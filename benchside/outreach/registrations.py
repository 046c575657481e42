"""What this room offers the others, registered at start-up."""

from collections.abc import Iterable, Mapping

from benchside.core.registries import (
    PagePurge,
    Plain,
    area_reports,
    measures,
    page_purges,
    panels,
    personal_data_exports,
    todo_sources,
    workspace_tabs,
)
from benchside.outreach.events import ITEMS_CHANGED
from benchside.outreach.exports import ORDERS
from benchside.outreach.orders import pledge, states, workspace
from benchside.outreach.orders.measures import MEASURES

__all__ = ["register", "states"]  # named, so that its tables are known from the start


def pages_of_items(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/orders/*",)


PURGE = PagePurge(key="outreach.items", event=ITEMS_CHANGED.key, addresses=pages_of_items)


def register() -> None:
    page_purges.register(PURGE)
    panels.register(pledge.PANEL)
    personal_data_exports.register(ORDERS)
    for measure in MEASURES:
        measures.register(measure)
    for tab in workspace.TABS:
        workspace_tabs.register(tab)
    todo_sources.register(workspace.TO_DO)
    area_reports.register(workspace.REPORT)
