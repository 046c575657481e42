"""What can be done with action plans, each verb once."""

from benchside.impact.plans.actions.evidence import (
    add_evidence,
    add_record,
    drop_evidence,
)
from benchside.impact.plans.actions.moving import agree_plan, close_plan, move_action, reopen_plan
from benchside.impact.plans.actions.notes import say_delivery, write_note
from benchside.impact.plans.actions.steps import (
    add_milestone,
    add_success,
    change_milestone,
    change_success,
    drop_milestone,
    drop_success,
    finish_milestone,
    observe,
)
from benchside.impact.plans.actions.writing import (
    begin_plan,
    change_action,
    change_plan,
    propose_action,
)

__all__ = [
    "add_evidence",
    "add_milestone",
    "add_record",
    "add_success",
    "agree_plan",
    "begin_plan",
    "change_action",
    "change_milestone",
    "change_plan",
    "change_success",
    "close_plan",
    "drop_evidence",
    "drop_milestone",
    "drop_success",
    "finish_milestone",
    "move_action",
    "observe",
    "propose_action",
    "reopen_plan",
    "say_delivery",
    "write_note",
]
