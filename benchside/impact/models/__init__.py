"""Charters and action plans."""

from benchside.impact.models.charters import Charter, CharterRules, Cohort, Cycle, Signatory
from benchside.impact.models.plans import (
    Action,
    ActionChange,
    ActionEvidence,
    Milestone,
    Observation,
    Plan,
    PlanNumbers,
    ProgressNote,
    Success,
)
from benchside.impact.models.reminders import CycleReminder

__all__ = [
    "Action",
    "ActionChange",
    "ActionEvidence",
    "Charter",
    "CharterRules",
    "Cohort",
    "Cycle",
    "CycleReminder",
    "Milestone",
    "Observation",
    "Plan",
    "PlanNumbers",
    "ProgressNote",
    "Signatory",
    "Success",
]
