"""Quality marks: what the thin room keeps beside the engine's records."""

from benchside.recognition.models.applications import Application, FollowUp, Target
from benchside.recognition.models.hours import SubjectHours, TaughtHours
from benchside.recognition.models.marks import Mark

__all__ = ["Application", "FollowUp", "Mark", "SubjectHours", "Target", "TaughtHours"]
