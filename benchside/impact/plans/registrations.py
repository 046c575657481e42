"""What this part offers the others, registered at start-up."""

from benchside.core.registries import (
    area_reports,
    belongings,
    evidence_kinds,
    measures,
    personal_data_exports,
    todo_sources,
    workspace_tabs,
)
from benchside.impact.plans import annex, states, tasks, workspace
from benchside.impact.plans.measures import MEASURES
from benchside.impact.plans.personal import PLANS

# Named, so that their tables and clocks are known from the start.
__all__ = ["register", "states", "tasks"]


def register() -> None:
    annex.register()
    for tab in workspace.TABS:
        workspace_tabs.register(tab)
    for measure in MEASURES:
        measures.register(measure)
    todo_sources.register(workspace.TO_DO)
    area_reports.register(workspace.REPORT)
    belongings.register(workspace.BELONGING)
    evidence_kinds.register(workspace.EVIDENCE)
    personal_data_exports.register(PLANS)
