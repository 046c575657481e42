"""What this part offers the others, registered at start-up."""

from benchside.assessment.showing import forgetting, tasks, workspace
from benchside.core.registries import personal_data_exports, todo_sources

__all__ = ["register", "tasks"]  # named, so that the clock knows them from the start


def register() -> None:
    personal_data_exports.register(forgetting.SUBMISSIONS)
    todo_sources.register(workspace.TO_DO)
