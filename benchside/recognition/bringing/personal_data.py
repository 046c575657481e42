"""What bringing a register in keeps of people, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

declare(
    "recognition.BroughtList",
    seen_by="Those who keep the entries of the register.",
    personal={
        "file": Personal(
            "Bringing a register in.",
            Basis.LEGITIMATE_INTERESTS,
            "Until it is brought in or left, a week at most.",
            Erasure.DELETED,
        ),
        "groups": Personal(
            "Asking whether two entries are one person.",
            Basis.LEGITIMATE_INTERESTS,
            "Until it is brought in or left, a week at most.",
            Erasure.DELETED,
        ),
        "emails": Personal(
            "Inviting people to their own entries.",
            Basis.LEGITIMATE_INTERESTS,
            "Until it is brought in or left, a week at most; then with the person’s record.",
            Erasure.DELETED,
        ),
        "by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            "For ever: a register says where its entries came from.",
            Erasure.KEPT,
        ),
    },
    not_personal="register filename answers numbers notes problem created_at run watched",
)
declare("recognition.ListColumns", not_personal="register fingerprint columns")
declare(
    "recognition.FeeSupport",
    seen_by="The person, and while they work there leads, deputies and HR stewards of the employer "
    "they asked; what it pays also after.",
    personal={
        "answered_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            "Six years after the fee was settled.",
            Erasure.KEPT,
        ),
    },
    not_personal="fee organisation asked_at is_paid_by_them answered_at taken_back_at",
)
