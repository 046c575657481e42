"""What of stories is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

TELLING = "Telling a technician's story, as far as they agreed to it."
WHILE_SHOWN = "Until the person withdraws it; a draft that is never sent, 30 days."
REFUSED = "Until the person withdraws it; 90 days after it is refused."
CHECKS = "You; those who check stories."


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
        "job_title": _told(),
        "organisation": _told(),
        "role": _told(),
        "more_roles": _told(),
        "years_in_role": _told(),
        "nation": _told(),
        "region": _told(),
        "letters": _told(),
        "way": _told(),
        "photo": _told(),
        "page": _told(),
        "told": _told("Keeping what is typed, step by step, until it is sent."),
        "email": _told("Sending the person the link to their story, and what becomes of it."),
        "parent_email": _told("Asking a parent or carer of somebody under 18."),
        "is_minor": _told("Knowing that a parent must be asked. No age and no birthday is kept."),
        "person_id": _told("Letting the person change and withdraw what is theirs."),
        "author": _who("Nobody reviews what they sent in themselves."),
        "changed_by": _who("Nobody reviews what they changed themselves."),
        "reviewed_by": _who("Being able to say who let it be seen."),
    },
    not_personal="""
    key slug state name_mode on_social in_print by_partners consent_until consent_at
    parent_consent_at agreed_at agreed_words published_revision review_on created_at saved_at
    sent_at published_at refused_at withdrawn_at
    """,
    subject="person_id",
)
declare("visibility.StoryIndexPage", not_personal="")
declare(
    "visibility.StoryPage",
    seen_by="Everyone, once it is published; before, you and those who check stories.",
    personal={"answers": _told(), "steps": _told()},
    not_personal="",
)
declare(
    "visibility.StoryPicture",
    seen_by="Everyone, once it is published; before, you and those who check stories.",
    personal={"story": _told(), "picture": _told()},
    not_personal="position",
)
declare(
    "visibility.StoryFilm",
    seen_by="Everyone, once it is published; before, you and those who check stories.",
    personal={name: _told() for name in ("story", "film", "number", "told")},
    not_personal="site",
)
declare(
    "visibility.StoryLink",
    seen_by="Nobody: only its hash is kept.",
    personal={"story": _told("Opening a story to whoever holds its link.")},
    not_personal="purpose token_hash made_at expires_at",
)
declare(
    "visibility.StoryMessage",
    seen_by=CHECKS,
    personal={
        "story": _told(),
        "text": Personal(
            "Asking and answering about a story before it is seen.",
            Basis.CONSENT, REFUSED, Erasure.DELETED,
        ),
        "written_by": _who("Knowing who asked."),
    },
    not_personal="about written_at",
)  # fmt: skip
declare(
    "visibility.StoryGender",
    seen_by="Nobody. It is counted in sums that hide few people.",
    personal={
        "story": _told("Counting whose stories are told."),
        "gender": _told("Counting whose stories are told."),
    },
    not_personal="",
)
