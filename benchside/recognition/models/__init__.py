"""Quality marks and registers: what their thin rooms keep beside the engine's records."""

from benchside.recognition.models.applications import Application, FollowUp, Target
from benchside.recognition.models.bringing import BroughtList, FeeSupport, ListColumns
from benchside.recognition.models.entries import Entry, FormerName
from benchside.recognition.models.hours import SubjectHours, TaughtHours
from benchside.recognition.models.marks import Mark
from benchside.recognition.models.register_applications import Fee, Interview, RegisterApplication
from benchside.recognition.models.registers import Licence, Register

__all__ = [
    "Application",
    "BroughtList",
    "Entry",
    "Fee",
    "FeeSupport",
    "FollowUp",
    "FormerName",
    "Interview",
    "Licence",
    "ListColumns",
    "Mark",
    "Register",
    "RegisterApplication",
    "SubjectHours",
    "Target",
    "TaughtHours",
]
