"""What this part offers the others, registered at start-up."""

from benchside.core.registries import (
    area_reports,
    evidence_kinds,
    measures,
    personal_data_exports,
    todo_sources,
    workspace_tabs,
)
from benchside.impact.voice import exports, states, workspace
from benchside.impact.voice.measures import EVIDENCE, VOICES

__all__ = ["register", "states"]  # named, so that its tables are known from the start


def register() -> None:
    measures.register(VOICES)
    evidence_kinds.register(EVIDENCE)
    personal_data_exports.register(exports.VOICE)
    todo_sources.register(workspace.TO_DO)
    area_reports.register(workspace.REPORT)
    for tab in workspace.TABS:
        workspace_tabs.register(tab)
