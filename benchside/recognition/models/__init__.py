"""Quality marks and registers: what their thin rooms keep beside the engine's records."""

from benchside.recognition.models.applications import Application, FollowUp, Target
from benchside.recognition.models.entries import Entry, FormerName
from benchside.recognition.models.hours import SubjectHours, TaughtHours
from benchside.recognition.models.looking_up import EntrySeal, NameKey, RegisterHead
from benchside.recognition.models.marks import Mark
from benchside.recognition.models.register_applications import Fee, Interview, RegisterApplication
from benchside.recognition.models.registers import Licence, Register
from benchside.recognition.models.statements import HidingRequest, Statement

__all__ = [
    "Application",
    "Entry",
    "EntrySeal",
    "Fee",
    "FollowUp",
    "FormerName",
    "HidingRequest",
    "Interview",
    "Licence",
    "Mark",
    "NameKey",
    "Register",
    "RegisterApplication",
    "RegisterHead",
    "Statement",
    "SubjectHours",
    "Target",
    "TaughtHours",
]
