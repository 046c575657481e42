"""What this part offers the others, registered at start-up."""

from benchside.core.registries import personal_data_exports, todo_sources, workspace_tabs
from benchside.impact.bringing import importer, tasks
from benchside.impact.bringing.personal import NAMES
from benchside.impact.bringing.workspace import TAB, TO_DO

__all__ = ["importer", "register", "tasks"]  # named, so that both are known from the start


def register() -> None:
    workspace_tabs.register(TAB)
    todo_sources.register(TO_DO)
    personal_data_exports.register(NAMES)
