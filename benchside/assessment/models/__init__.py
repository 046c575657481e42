"""The engine's records: standards, submissions, reviews, decisions, awards."""

from benchside.assessment.models.awards import Award, AwardEvent, AwardNumbers, Challenge
from benchside.assessment.models.decisions import Appeal, Decision
from benchside.assessment.models.duties import Duty
from benchside.assessment.models.figures import Figure
from benchside.assessment.models.reminders import Reminder
from benchside.assessment.models.renewals import AwardReminder, Renewal
from benchside.assessment.models.returns import Return
from benchside.assessment.models.reviews import (
    EvidenceRequest,
    Feedback,
    Interest,
    Judgement,
    Partnership,
    Reviewer,
    Seat,
)
from benchside.assessment.models.standards import StandardVersion
from benchside.assessment.models.submissions import (
    Comment,
    Contributor,
    Evidence,
    FrozenVersion,
    Serves,
    SignOff,
    Statement,
    StatementVersion,
    Submission,
    Supporter,
    SupporterStatement,
)

__all__ = [
    "Appeal",
    "Award",
    "AwardEvent",
    "AwardNumbers",
    "AwardReminder",
    "Challenge",
    "Comment",
    "Contributor",
    "Decision",
    "Duty",
    "Evidence",
    "EvidenceRequest",
    "Feedback",
    "Figure",
    "FrozenVersion",
    "Interest",
    "Judgement",
    "Partnership",
    "Reminder",
    "Renewal",
    "Return",
    "Reviewer",
    "Seat",
    "Serves",
    "SignOff",
    "StandardVersion",
    "Statement",
    "StatementVersion",
    "Submission",
    "Supporter",
    "SupporterStatement",
]
