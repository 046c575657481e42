"""What can be done in the engine, one function a verb."""

from benchside.assessment.actions.awards import grant_award, move_award
from benchside.assessment.actions.signing import sign, submit, withdraw_submission
from benchside.assessment.actions.standards import load_standard, publish_standard, retire_standard
from benchside.assessment.actions.writing import (
    add_contributor,
    begin_submission,
    comment,
    remove_contributor,
    resolve_comment,
    save_statement,
)

__all__ = [
    "add_contributor",
    "begin_submission",
    "comment",
    "grant_award",
    "load_standard",
    "move_award",
    "publish_standard",
    "remove_contributor",
    "resolve_comment",
    "retire_standard",
    "save_statement",
    "sign",
    "submit",
    "withdraw_submission",
]
