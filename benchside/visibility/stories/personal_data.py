"""What of stories is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

TELLING = "Telling a technician's story, as far as they agreed to it."
WHILE_SHOWN = "Until the person withdraws it; a draft that is never sent, 30 days."


def _told(purpose: str = TELLING) -> Personal:
    return Personal(purpose, Basis.CONSENT, WHILE_SHOWN, Erasure.DELETED)


def _who(purpose: str) -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, WHILE_SHOWN, Erasure.KEPT)


declare(
    "visibility.Story",
    seen_by="Everyone, once it is published; before, you and those who check stories.",
    personal={
        "name": _told(),
        "employer": _told(),
        "organisation": _told(),
        "role": _told(),
        "years_in_role": _told(),
        "nation": _told(),
        "region": _told(),
        "letters": _told(),
        "photo": _told(),
        "person_id": _told("Letting the person change and withdraw what is theirs."),
        "author": _who("Nobody reviews what they sent in themselves."),
        "changed_by": _who("Nobody reviews what they changed themselves."),
        "reviewed_by": _who("Being able to say who let it be seen."),
    },
    not_personal="""
    key slug state name_mode consent_at review_on created_at sent_at published_at withdrawn_at
    """,
)
