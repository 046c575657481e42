"""What those who write bring into the rest of the house, registered at start-up."""

from benchside.assessment.writing import exports, reminders, workspace
from benchside.core.registries import belongings, personal_data_exports, todo_sources

__all__ = ["register", "reminders"]  # named, so that its job is known


def register() -> None:
    todo_sources.register(workspace.TO_DO)
    belongings.register(exports.PARTS)
    personal_data_exports.register(exports.EXPORT)
