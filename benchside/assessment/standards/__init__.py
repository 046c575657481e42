"""Standards as readable files: read, checked, compared. No Django here.

read(path)        -> Standard, or raises BrokenStandard with every fault there is
write(standard)   -> the text of its file
difference(a, b)  -> what changed from one version to the next, in the order of the newer
"""

from benchside.assessment.standards.compare import Change, difference
from benchside.assessment.standards.reader import BrokenStandard, parse, read
from benchside.assessment.standards.shapes import (
    Area,
    AwardMove,
    AwardRules,
    AwardState,
    Criterion,
    DecisionRules,
    DraftRules,
    EvidenceRule,
    Grade,
    Level,
    ReviewRules,
    Route,
    SignOff,
    Standard,
    SupporterRules,
)
from benchside.assessment.standards.writer import write

__all__ = [
    "Area",
    "AwardMove",
    "AwardRules",
    "AwardState",
    "BrokenStandard",
    "Change",
    "Criterion",
    "DecisionRules",
    "DraftRules",
    "EvidenceRule",
    "Grade",
    "Level",
    "ReviewRules",
    "Route",
    "SignOff",
    "Standard",
    "SupporterRules",
    "difference",
    "parse",
    "read",
    "write",
]
