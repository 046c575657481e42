"""What of a technician's record is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

WHILE_KNOWN = "While an organisation names the person in its staff list, or they keep an account."
KNOWING = "So that an organisation knows who its technicians are, and can invite them."

declare(
    "people.Technician",
    personal={
        "person_id": Personal(
            "Pointing at a person without naming them.",
            Basis.LEGITIMATE_INTERESTS,
            "For ever, with nobody's name beside it after erasure.",
            Erasure.KEPT,
        ),
        "name": Personal(KNOWING, Basis.LEGITIMATE_INTERESTS, WHILE_KNOWN, Erasure.BLANKED),
        "work_email": Personal(
            "Sending the link by which the person claims their record.",
            Basis.LEGITIMATE_INTERESTS,
            WHILE_KNOWN,
            Erasure.BLANKED,
        ),
        "account": Personal(
            "Letting the person see and change what is theirs.",
            Basis.CONTRACT,
            "While the account is open.",
            Erasure.BLANKED,
        ),
    },
    not_personal="claimed_at created_at erased_at",
)
