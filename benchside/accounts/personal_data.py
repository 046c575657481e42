"""What of this room's records is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

SIGN_IN = "Signing in, and mail about the account."
WHILE_OPEN = "While the account is open."

declare(
    "accounts.User",
    seen_by="You; colleagues see your name beside what you did. Nobody sees your password.",
    personal={
        "email": Personal(SIGN_IN, Basis.CONTRACT, WHILE_OPEN, Erasure.BLANKED),
        "name": Personal(
            "So that colleagues know who did something.",
            Basis.CONTRACT,
            WHILE_OPEN,
            Erasure.BLANKED,
        ),
        "password": Personal(
            "Signing in; only a salted hash is kept.",
            Basis.CONTRACT,
            WHILE_OPEN,
            Erasure.BLANKED,
        ),
        "last_login": Personal(
            "Closing what is not used.", Basis.LEGITIMATE_INTERESTS, WHILE_OPEN, Erasure.BLANKED
        ),
        "person_id": Personal(
            "Who did what, in the audit.",
            Basis.LEGITIMATE_INTERESTS,
            "For ever, with nobody's name beside it after erasure.",
            Erasure.KEPT,
        ),
        "groups": Personal(
            "What the person may do at the desk.", Basis.CONTRACT, WHILE_OPEN, Erasure.BLANKED
        ),
    },
    not_personal=(
        "is_staff is_active is_superuser is_demonstration date_joined erased_at user_permissions"
    ),
)
declare(
    "accounts.Invitation",
    subject="accepted_by",
    seen_by="Whoever invited you, and administrators.",
    personal={
        "email": Personal(
            "Sending the invitation, and knowing whom it was for.",
            Basis.LEGITIMATE_INTERESTS,
            "Until three months after its last day.",
            Erasure.BLANKED,
        ),
        "invited_by": Personal(
            "Who asked.",
            Basis.LEGITIMATE_INTERESTS,
            "Until three months after its last day.",
            Erasure.KEPT,
        ),
        "accepted_by": Personal(
            "Who came in by it.",
            Basis.LEGITIMATE_INTERESTS,
            "Until three months after its last day.",
            Erasure.KEPT,
        ),
    },
    not_personal="""
    purpose about offer token_hash state created_at expires_at accepted_at revoked_at declined_at
    """,
)
declare(
    "account.EmailAddress",
    seen_by="You.",
    personal={
        "user": Personal(SIGN_IN, Basis.CONTRACT, WHILE_OPEN, Erasure.DELETED),
        "email": Personal(SIGN_IN, Basis.CONTRACT, WHILE_OPEN, Erasure.DELETED),
    },
)
declare(
    "mfa.Authenticator",
    seen_by="You; the secrets in it nobody.",
    personal={
        "user": Personal("Signing in.", Basis.CONTRACT, WHILE_OPEN, Erasure.DELETED),
        "data": Personal(
            "Signing in; app secrets and recovery codes are sealed with the installation's key.",
            Basis.CONTRACT,
            "Until the passkey or app is taken off.",
            Erasure.DELETED,
        ),
        "last_used_at": Personal(
            "So that people know an unused passkey.",
            Basis.LEGITIMATE_INTERESTS,
            "Until the passkey or app is taken off.",
            Erasure.DELETED,
        ),
    },
)
SESSION = "Until the device is signed out, two weeks unused at most."
declare(
    "usersessions.UserSession",
    seen_by="You.",
    personal={
        "user": Personal(
            "So that people see where they are signed in, and can end it.",
            Basis.LEGITIMATE_INTERESTS,
            SESSION,
            Erasure.DELETED,
        ),
        "user_agent": Personal(
            "The device in words (“Firefox on Windows”); the browser's full header is not kept.",
            Basis.LEGITIMATE_INTERESTS,
            SESSION,
            Erasure.DELETED,
        ),
        "ip": Personal(
            "None: the address is never kept; the column says 0.0.0.0.",
            Basis.LEGITIMATE_INTERESTS,
            "Not kept.",
            Erasure.DELETED,
        ),
        "last_seen_at": Personal(
            "So that people know a device of theirs; to five minutes.",
            Basis.LEGITIMATE_INTERESTS,
            SESSION,
            Erasure.DELETED,
        ),
    },
)
