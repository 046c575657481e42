"""What can be done in the engine, one function a verb."""

from benchside.assessment.actions.awards import grant_award, move_award
from benchside.assessment.actions.standards import load_standard, publish_standard, retire_standard

__all__ = [
    "grant_award",
    "load_standard",
    "move_award",
    "publish_standard",
    "retire_standard",
]
