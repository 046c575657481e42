"""What of credit is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

SHOWING = "Showing what somebody had a part in, to whom they have chosen."
THEIRS = "As long as the person keeps it, and for a year after they withdraw it."
ANSWER = "Until it is answered or taken back, a month at most."


def _said(purpose: str) -> Personal:
    return Personal(purpose, Basis.CONSENT, THEIRS, Erasure.DELETED)


declare(
    "visibility.Output",
    seen_by="Whoever sees that somebody had a part in it.",
    personal={
        "added_by": Personal(
            "Knowing who typed what is said of it.",
            Basis.LEGITIMATE_INTERESTS,
            "As long as anybody has a part in it.",
            Erasure.BLANKED,
        )
    },
    not_personal="doi title kind year venue source as_of",
)
declare(
    "visibility.Contribution",
    seen_by=(
        "Whom you have chosen; hidden, nobody but you. The lead author you ask sees what you ask "
        "about. Why it is disputed: you alone."
    ),
    personal={
        "technician": _said("Knowing whose part it is."),
        "output": _said(SHOWING),
        "stands_as": _said(SHOWING),
        "note": _said(SHOWING),
        "kit": _said(SHOWING),
        "equipment": _said(SHOWING),
        "confirmed_by": Personal(
            "Saying who confirmed it: a lead author, under the name they gave for this.",
            Basis.CONSENT,
            "Until the part is changed or withdrawn.",
            Erasure.DELETED,
        ),
        "reason": Personal(
            "Telling the technician why a lead author disputes it.",
            Basis.LEGITIMATE_INTERESTS,
            "Until the part is changed or withdrawn.",
            Erasure.DELETED,
        ),
    },
    not_personal="state stated_at asked_at letters confirmed_at disputed_at withdrawn_at",
)
declare(
    "visibility.ContributionRole",
    seen_by="Whom you have chosen; hidden, nobody but you.",
    personal={"contribution": _said(SHOWING), "code": _said(SHOWING)},
    not_personal="",
)
declare(
    "visibility.CreditLetter",
    seen_by="You, and the lead author it is sent to.",
    personal={
        "contribution": Personal(
            "Knowing what is asked.", Basis.LEGITIMATE_INTERESTS, ANSWER, Erasure.EXPIRES
        ),
        "author_name": Personal(
            "Addressing the letter.", Basis.LEGITIMATE_INTERESTS, ANSWER, Erasure.BLANKED
        ),
        "author_email": Personal(
            "Asking the lead author once whether it is so.",
            Basis.LEGITIMATE_INTERESTS,
            ANSWER,
            Erasure.BLANKED,
        ),
    },
    not_personal="token_hash sent_at expires_at",
)
