"""What this part offers the others, registered at start-up."""

from benchside.core.registries import todo_sources, workspace_tabs
from benchside.impact.lineage.workspace import TAB, TO_DO


def register() -> None:
    workspace_tabs.register(TAB)
    todo_sources.register(TO_DO)
