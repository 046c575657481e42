"""What campaigns offer the rest of the house, registered at start-up."""

from collections.abc import Iterable, Mapping, Sequence
from functools import partial

from django.urls import reverse

from benchside.core.registries import (
    PagePurge,
    Plain,
    ToDo,
    ToDoSource,
    WorkspaceTab,
    measures,
    page_purges,
    personal_data_exports,
    todo_sources,
    workspace_tabs,
)
from benchside.core.sitting import Sitting
from benchside.organisations import roles
from benchside.visibility.campaigns import desk_hooks, events, exports, queries, tasks
from benchside.visibility.campaigns.measures import MEASURES

# Named, so that the clock, the desk and the events know them from the start.
__all__ = ["desk_hooks", "events", "register", "tasks"]


def pages_of_campaigns(payload: Mapping[str, Plain]) -> Iterable[str]:
    return ("/", "/teachers/", "/campaigns*", "/search/*", "/sitemap.xml")


def _address(name: str, slug: str) -> str:
    return reverse(f"visibility:{name}", args=[slug])


def days_to_join(sitting: Sitting) -> Sequence[ToDo]:
    """For whoever may speak for it: open days that the organisation is not in."""
    if not sitting.has_one_of(roles.with_right(roles.CHANGE_DETAILS)):
        return []
    return [
        ToDo(
            title=f"Join {day.campaign.name}",
            why=f"It is on {day.in_words}. Your technicians are seen, and the kit is free.",
            do="Join in",
            url=_address("campaigns_inside", sitting.slug),
            order=60,
        )
        for day in queries.days_not_joined(sitting.organisation_id)
        if day.takes_pledges
    ]


TAB = WorkspaceTab(
    key="visibility.campaigns",
    area="visibility",
    title="Campaigns",
    url=partial(_address, "campaigns_inside"),
    order=40,
)


def register() -> None:
    page_purges.register(
        PagePurge(
            key="visibility.campaigns",
            event=events.CAMPAIGN_CHANGED.key,
            addresses=pages_of_campaigns,
        )
    )
    personal_data_exports.register(exports.CONTACTS)
    workspace_tabs.register(TAB)
    todo_sources.register(ToDoSource(key="visibility.campaigns", things=days_to_join))
    for measure in MEASURES:
        measures.register(measure)
