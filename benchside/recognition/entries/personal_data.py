"""What a register keeps of those on it, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

ON_RECORD = "For ever: a register says who was on it; blanked when the person asks."
NAME = (
    "For ever: a register says who was on it; blanked when the person asks, or the day after a "
    "decision about their conduct is public no more and bars them from coming back no more."
)
EVERYBODY = "Everybody, as far as the register publishes it and the person is not hidden."


def _published(purpose: str) -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, ON_RECORD, Erasure.BLANKED)


declare(
    "recognition.Entry",
    seen_by=EVERYBODY,
    personal={
        "name": Personal(
            "Letting anybody check who is registered.",
            Basis.LEGITIMATE_INTERESTS,
            NAME,
            Erasure.BLANKED,
        ),
        "area": Personal(
            "Telling two people of one name apart.", Basis.CONSENT, ON_RECORD, Erasure.BLANKED
        ),
        "employer": Personal(
            "Telling two people of one name apart.", Basis.CONSENT, ON_RECORD, Erasure.BLANKED
        ),
        "membership": _published("Asking the body whether they are a member."),
        "hidden_basis": _published("Keeping safe whoever must not be found."),
    },
    not_personal="""
    award register body shows_area shows_employer admitted_on is_hidden forget_asked_at
    """,
)
declare(
    "recognition.FormerName",
    seen_by="Nobody, unless the person has it shown; a look-up by it finds the entry.",
    personal={"name": _published("Finding somebody who has another name now.")},
    not_personal="entry came_with is_shown until",
)
declare(
    "recognition.FormerNumber",
    seen_by="The number as the entry is; what was said of it, those who keep the register.",
    personal={"said": _published("Knowing what a list said of somebody under another number.")},
    not_personal="entry number",
)
declare(
    "recognition.NameKey",
    seen_by="Nobody: only look-ups read it.",
    personal={"key": _published("Finding an entry by any way of typing its names.")},
    not_personal="register entry",
)
declare("recognition.EntrySeal", not_personal="entry number recorded_at fields event before digest")
declare(
    "recognition.RegisterHead",
    not_personal="register number until made_at entries covers faults before digest",
)
declare("recognition.Statement", not_personal="key entry made_at digest file signed_with")
declare(
    "recognition.StatementKey",
    not_personal="fragment public is_current made_at retired_at compromised_at",
)
declare(
    "recognition.HidingRequest",
    seen_by="The person, and those who keep the register.",
    personal={
        "words": Personal(
            "Deciding whether somebody must not be found.",
            Basis.LEGITIMATE_INTERESTS,
            "While the entry is hidden, and six years after.",
            Erasure.DELETED,
        ),
        "answer": Personal(
            "Telling the person what was decided, and why.",
            Basis.LEGITIMATE_INTERESTS,
            "While the entry is hidden, and six years after.",
            Erasure.DELETED,
        ),
        "answered_by": Personal(
            "Being able to say who did what.",
            Basis.LEGITIMATE_INTERESTS,
            "While the entry is hidden, and six years after.",
            Erasure.KEPT,
        ),
    },
    not_personal="entry wants_shown made_at state answered_at",
)
