"""What credentials keep of people, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

WHILE_HELD = "While the credential is valid, and six years after."
SAYS = Personal(
    "Making a credential that its holder asked for, and being able to check it.",
    Basis.CONSENT,
    WHILE_HELD,
    Erasure.BLANKED,
)

declare(
    "recognition.SigningKey",
    not_personal="fragment public is_current made_at retired_at compromised_at",
)
declare(
    "recognition.StatusList",
    not_personal="number size is_open signed signed_at changes signed_changes",
)
declare(
    "recognition.CredentialClaim",
    seen_by="Its holder alone.",
    personal={
        "claimed_at": Personal(
            "Knowing that the holder wants a credential.",
            Basis.CONSENT,
            WHILE_HELD,
            Erasure.DELETED,
        ),
        "given_back_at": Personal(
            "Knowing that the holder wants none any more.",
            Basis.CONSENT,
            WHILE_HELD,
            Erasure.DELETED,
        ),
    },
    not_personal="award",
)
declare(
    "recognition.Credential",
    seen_by="Its holder, and everybody whom the holder gives it or its address.",
    personal={"name": SAYS, "document": SAYS},
    not_personal="""
    key award state level period_start period_end until status_list index made_at signed_with
    issued_at revoked_at reason replaced_by
    """,
)
declare(
    "recognition.Endorsement",
    seen_by="Whoever says it, and whoever keeps or holds the badge; once they said yes, everybody.",
    personal={
        "words": Personal(
            "Showing what an organisation says of somebody’s credential, with their yes.",
            Basis.CONSENT,
            WHILE_HELD,
            Erasure.BLANKED,
        ),
        "document": Personal(
            "The same, signed, so that anybody can check who said it.",
            Basis.CONSENT,
            WHILE_HELD,
            Erasure.BLANKED,
        ),
        "answered_by": Personal(
            "Being able to say who answered.",
            Basis.LEGITIMATE_INTERESTS,
            "For ever, with nobody’s name beside it after erasure.",
            Erasure.KEPT,
        ),
        "made_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            "For ever, with nobody's name beside it after erasure.",
            Erasure.KEPT,
        ),
    },
    not_personal="""
    organisation standard credential key state made_at answered_at reason taken_back_at
    """,
)
