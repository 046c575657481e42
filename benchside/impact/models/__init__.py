"""Charters and action plans."""

from benchside.impact.models.bringing import BroughtRow, PlanFile, PlanReading
from benchside.impact.models.charters import Charter, CharterRules, Cohort, Cycle, Signatory
from benchside.impact.models.lineage import Carrying
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
    "BroughtRow",
    "Carrying",
    "Charter",
    "CharterRules",
    "Cohort",
    "Cycle",
    "Milestone",
    "Observation",
    "Plan",
    "PlanFile",
    "PlanNumbers",
    "PlanReading",
    "ProgressNote",
    "Signatory",
    "Success",
]
