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
from benchside.impact.models.reminders import CycleReminder
from benchside.impact.models.reports import AnalysisReport
from benchside.impact.models.voice import Opinion, Suggestion

__all__ = [
    "Action",
    "ActionChange",
    "ActionEvidence",
    "ActionReminder",
    "AnalysisReport",
    "BroughtRow",
    "Carrying",
    "Charter",
    "CharterRules",
    "Cohort",
    "Cycle",
    "CycleReminder",
    "Milestone",
    "Observation",
    "Opinion",
    "Plan",
    "PlanFile",
    "PlanNumbers",
    "PlanReading",
    "ProgressNote",
    "Signatory",
    "Success",
    "Suggestion",
]
