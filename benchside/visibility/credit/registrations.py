"""What credit offers the rest of the house, registered at start-up."""

from django.urls import reverse

from benchside.core.registries import (
    Panel,
    WorkspaceTab,
    measures,
    panels,
    personal_data_exports,
    workspace_tabs,
)
from benchside.visibility.credit import elsewhere, exports, states, tasks
from benchside.visibility.credit.measures import MEASURES

__all__ = ["register", "states", "tasks"]  # named, so that their offers are known


def address(slug: str) -> str:
    return reverse("visibility:inside_contributions", args=[slug])


TAB = WorkspaceTab(
    key="visibility.contributions", area="visibility", title="Credit", url=address, order=50
)
ON_EQUIPMENT = Panel(
    key="visibility.made_possible",
    place="organisations.equipment",
    title="Work this made possible",
    template="visibility/credit/made_possible.html",
    context=elsewhere.made_possible,
)


def register() -> None:
    workspace_tabs.register(TAB)
    panels.register(ON_EQUIPMENT)
    personal_data_exports.register(exports.CREDIT)
    for measure in MEASURES:
        measures.register(measure)
