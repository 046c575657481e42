"""What of photos is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

SHOWN = "Until it is withdrawn; one that is refused, 30 days."
SHOWING = "Showing technicians and their work, as far as those in the picture agreed."


def _shown(purpose: str = SHOWING) -> Personal:
    return Personal(purpose, Basis.CONSENT, SHOWN, Erasure.DELETED)


def _who(purpose: str) -> Personal:
    return Personal(purpose, Basis.LEGITIMATE_INTERESTS, SHOWN, Erasure.KEPT)


CHECKED = "Being able to say who let it be seen, and that they were two."
declare(
    "visibility.Photo",
    seen_by="Those who check photographs; everyone, once it is approved.",
    personal={
        "picture": _shown(),
        "original": Personal(
            "Taking back a crop or a cover that went wrong, before anybody sees the picture.",
            Basis.CONSENT,
            "Until the photograph is approved or refused, and no longer.",
            Erasure.DELETED,
        ),
        "caption": _shown(),
        "display_name": _shown(),
        "person_id": _shown("Letting the sender change and withdraw what is theirs."),
        "reply_to": _shown("Asking the sender, and telling them what became of it."),
        "first_approved_by": _who(CHECKED),
        "approved_by": _who(CHECKED),
        "refused_by": _who(CHECKED),
        "hidden_by": _who(CHECKED),
        "asked_by": _who(CHECKED),
        "held_by": _who("Two people never look at one photograph at the same time."),
        "question": _shown("Asking the sender what is not clear."),
        "answer": _shown("Asking the sender what is not clear."),
    },
    not_personal="""
    key state campaign pledge organisation school role in_picture child_may_be_seen likeness
    near_duplicate_of sent_once sending received_at first_approved_at approved_at refused_at
    refused_for withdrawn_at look_after held_until asked_at answered_at drawn_at hidden_at
    hidden_for reports school_slug year
    """,
)
declare("visibility.LikenessMark", not_personal="photo mark likeness")
