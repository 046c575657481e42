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
    seen_by="Everybody: an organisation says it in public.",
    personal={
        "made_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            "For ever, with nobody's name beside it after erasure.",
            Erasure.KEPT,
        )
    },
    not_personal="organisation standard credential key words made_at document taken_back_at",
)
