"""What can be done with organisations, one function a verb."""

from benchside.organisations.actions.applying import apply, approve, close, decline
from benchside.organisations.actions.details import change_details
from benchside.organisations.actions.handing_over import hand_over
from benchside.organisations.actions.inviting import invite, resend, revoke, take_up_role
from benchside.organisations.actions.members import end_membership
from benchside.organisations.actions.units import add_unit, close_unit, move_unit, rename_unit

__all__ = [
    "add_unit",
    "apply",
    "approve",
    "change_details",
    "close",
    "close_unit",
    "decline",
    "end_membership",
    "hand_over",
    "invite",
    "move_unit",
    "rename_unit",
    "resend",
    "revoke",
    "take_up_role",
]
