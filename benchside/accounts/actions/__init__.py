"""What can be done with accounts, one function a verb."""

from benchside.accounts.actions.administrators import (
    create_administrator,
    remove_second_factor,
)
from benchside.accounts.actions.invitations import (
    accept_invitation,
    decline_invitation,
    invite,
    invite_on_paper,
    join_by_invitation,
    reprint_invitation,
    resend_invitation,
    revoke_invitation,
)
from benchside.accounts.actions.own import (
    end_other_sessions,
    end_session,
    erase_account,
    export_data,
    rename,
)

__all__ = [
    "accept_invitation",
    "create_administrator",
    "decline_invitation",
    "end_other_sessions",
    "end_session",
    "erase_account",
    "export_data",
    "invite",
    "invite_on_paper",
    "join_by_invitation",
    "remove_second_factor",
    "rename",
    "reprint_invitation",
    "resend_invitation",
    "revoke_invitation",
]
