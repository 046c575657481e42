"""How an invitation stands: the table, walked by `core.states.move`."""

from benchside.accounts import rules
from benchside.accounts.enums import InvitationState
from benchside.core.states import Need, StateTable, Transition, state_tables

not_run_out = Need(
    "an invitation that has not run out",
    lambda invitation: invitation.is_open,
    "Ask for a new one.",
)

INVITATIONS = state_tables.register(
    StateTable(
        "invitation",
        title="Invitation to an account",
        states=InvitationState,
        start=InvitationState.OPEN,
        rows=[
            Transition(
                source=InvitationState.OPEN,
                verb="accept",
                target=InvitationState.ACCEPTED,
                may=rules.can_accept_invitation,
                needs=(not_run_out,),
                at="accepted_at",
                by="accepted_by",
            ),
            Transition(
                source=InvitationState.OPEN,
                verb="decline",
                target=InvitationState.DECLINED,
                may=rules.can_accept_invitation,
                needs=(not_run_out,),
                at="declined_at",
            ),
            Transition(
                source=InvitationState.OPEN,
                verb="resend",
                target=InvitationState.OPEN,
                may=rules.can_manage_invitation,
            ),
            Transition(
                source=InvitationState.OPEN,
                verb="revoke",
                target=InvitationState.REVOKED,
                may=rules.can_manage_invitation,
                at="revoked_at",
            ),
        ],
    )
)
