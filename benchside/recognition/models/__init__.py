"""Marks, registers, CPD, credentials, nominations: what is kept beside the engine's records."""

from benchside.recognition.models.applications import Application, FollowUp, Target
from benchside.recognition.models.bringing import BroughtList, FeeSupport, ListColumns
from benchside.recognition.models.conduct import CaseDecision, CaseNote, ConductCase
from benchside.recognition.models.cpd import (
    AnnualDeclaration,
    AuditCase,
    AuditLetter,
    AuditRun,
    AuditVerdict,
    DeclarationReminder,
    EarlierDeclaration,
)
from benchside.recognition.models.credentials import (
    Credential,
    CredentialClaim,
    Endorsement,
    SigningKey,
    StatusList,
)
from benchside.recognition.models.entries import Entry, FormerName, FormerNumber
from benchside.recognition.models.hours import SubjectHours, TaughtHours
from benchside.recognition.models.life import (
    EntryRequest,
    EqualityAnswer,
    ProposedMove,
    RenewalLetter,
    Sanction,
    Spell,
    YearlyRenewal,
)
from benchside.recognition.models.looking_up import EntrySeal, NameKey, RegisterHead
from benchside.recognition.models.marks import Mark
from benchside.recognition.models.nominations import Nomination, NominationRound
from benchside.recognition.models.register_applications import Fee, Interview, RegisterApplication
from benchside.recognition.models.registers import Licence, Register
from benchside.recognition.models.statements import HidingRequest, Statement, StatementKey

__all__ = [
    "AnnualDeclaration",
    "Application",
    "AuditCase",
    "AuditLetter",
    "AuditRun",
    "AuditVerdict",
    "BroughtList",
    "CaseDecision",
    "CaseNote",
    "ConductCase",
    "Credential",
    "CredentialClaim",
    "DeclarationReminder",
    "EarlierDeclaration",
    "Endorsement",
    "Entry",
    "EntryRequest",
    "EntrySeal",
    "EqualityAnswer",
    "Fee",
    "FeeSupport",
    "FollowUp",
    "FormerName",
    "FormerNumber",
    "HidingRequest",
    "Interview",
    "Licence",
    "ListColumns",
    "Mark",
    "NameKey",
    "Nomination",
    "NominationRound",
    "ProposedMove",
    "Register",
    "RegisterApplication",
    "RegisterHead",
    "RenewalLetter",
    "Sanction",
    "SigningKey",
    "Spell",
    "Statement",
    "StatementKey",
    "StatusList",
    "SubjectHours",
    "Target",
    "TaughtHours",
    "YearlyRenewal",
]
