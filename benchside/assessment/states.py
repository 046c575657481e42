"""The engine's tables of states. Those of an award come from its standard's file."""

from benchside.assessment.enums import VersionState
from benchside.assessment.rules import can_keep_standards
from benchside.core.states import StateTable, Transition, state_tables

VERSIONS = state_tables.register(
    StateTable(
        "standard",
        title="A version of a standard",
        states=VersionState,
        start=VersionState.DRAFT,
        rows=[
            Transition(
                source="draft",
                verb="publish",
                target="published",
                may=can_keep_standards,
                at="published_at",
            ),
            Transition(source="published", verb="retire", target="retired", may=can_keep_standards),
        ],
    )
)
