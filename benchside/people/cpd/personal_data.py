"""What a CPD log keeps of a person, and why."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

THEIRS = "As long as the person keeps it; deleted with the account."
ALONE = "You alone; of a period you share, those you share it with, until the day you give."


def _own(purpose: str) -> Personal:
    return Personal(purpose, Basis.CONTRACT, THEIRS, Erasure.DELETED)


WHOSE = _own("Knowing whose it is.")
LEARNING = _own("Keeping your own record of what you learn.")
declare(
    "people.CpdLog",
    seen_by="You alone.",
    personal={
        "technician": WHOSE,
        "reminds": _own("Writing to you only if you want it."),
        "nudged_at": _own("Not writing to you too often."),
        "nudges": _own("Not writing to you too often."),
    },
    not_personal="",
)
declare(
    "people.CpdActivity",
    seen_by=ALONE,
    personal={
        "technician": WHOSE,
        **dict.fromkeys(
            (
                "title", "category", "begins", "ends", "did", "learned", "helped_me",
                "helped_users", "hours", "points", "is_done",
            ),
            LEARNING,
        ),
        "uid": _own("Not bringing in an event of your calendar twice."),
    },
    not_personal="key made_at changed_at",
)  # fmt: skip
declare(
    "people.CpdEvidence",
    seen_by=ALONE,
    personal={
        "activity": WHOSE,
        **dict.fromkeys(
            ("title", "url", "file", "file_name", "file_digest", "file_size"),
            _own("Showing that you did what you wrote down."),
        ),
    },
    not_personal="added_at",
)
declare(
    "people.CpdBreak",
    seen_by=ALONE,
    personal={
        "technician": WHOSE,
        "begins": _own("Asking for no learning while you are away."),
        "ends": _own("Asking for no learning while you are away."),
        "noted_on": _own("Telling whoever reads your CPD when you noted it."),
    },
    not_personal="",
)
SHARED = _own("Letting a register read what you chose, and no more.")
declare(
    "people.CpdShare",
    seen_by="You, and those you share it with until the day you give.",
    personal={
        "technician": WHOSE,
        **dict.fromkeys(("begins", "ends", "with_whom", "until"), SHARED),
        "content": Personal(
            "Judging what was shown, and not what was changed since.",
            Basis.CONTRACT,
            "Until the day to which it was shared; deleted with the account.",
            Erasure.DELETED,
        ),
        "digest": _own("Proving what was judged, without keeping its words."),
    },
    not_personal="key made_at revoked_at used_at",
)
