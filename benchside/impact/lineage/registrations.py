"""What this part offers the others, registered at start-up."""

from functools import partial

from django.urls import reverse

from benchside.core.registries import WorkspaceTab, workspace_tabs


def _address(name: str, slug: str) -> str:
    return reverse(f"impact:{name}", args=[slug])


TAB = WorkspaceTab(
    key="impact.lineage",
    area="impact",
    title="Across cycles",
    url=partial(_address, "lineage"),
    order=40,
)


def register() -> None:
    workspace_tabs.register(TAB)
