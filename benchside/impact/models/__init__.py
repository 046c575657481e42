"""Charters and action plans."""

from benchside.impact.models.charters import Charter, CharterRules, Cohort, Cycle, Signatory
from benchside.impact.models.plans import (
    Action,
    ActionChange,
    ActionEvidence,
    ActionReminder,
    Milestone,
    Observation,
    Plan,
    PlanNumbers,
    ProgressNote,
    Success,
)

__all__ = [
    "Action",
    "ActionChange",
    "ActionEvidence",
    "ActionReminder",
    "Charter",
    "CharterRules",
    "Cohort",
    "Cycle",
    "Milestone",
    "Observation",
    "Plan",
    "PlanNumbers",
    "ProgressNote",
    "Signatory",
    "Success",
]
