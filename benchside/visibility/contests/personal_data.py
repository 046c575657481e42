"""What of contests is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

HALF_A_YEAR = "Half a year after the winners are told, or it is called off."
JUDGED = "Judging fairly, and being able to show it."
TEAM = "The campaign team."

declare(
    "visibility.Competition",
    not_personal="""
    slug title state campaign lead about opens_at closes_at results_at most_each created_at
    published_at decided_at cancelled_at told_at forgotten_at
    """,
)
declare("visibility.Terms", not_personal="competition version text made_at")
declare("visibility.Category", not_personal="competition title words order")
declare("visibility.AgeGroup", not_personal="competition youngest oldest")
declare("visibility.Criterion", not_personal="competition title words most order")
declare(
    "visibility.Entry",
    seen_by=(
        "The campaign team. Judges see picture and caption without the school. Everyone sees "
        "winners and shortlist, once they are told."
    ),
    personal={
        "reply_to": Personal(
            "Sending the link of the entry, and how it ended.",
            Basis.CONSENT,
            HALF_A_YEAR,
            Erasure.DELETED,
        ),
        "caption": Personal(
            "Showing the entry.", Basis.CONSENT, "Until it is withdrawn.", Erasure.DELETED
        ),
        "blind_caption": Personal(JUDGED, Basis.CONSENT, HALF_A_YEAR, Erasure.DELETED),
    },
    not_personal="""
    key competition number state category age_group terms photo pledge school school_key slot
    nation secret_hash out_for sent_once sent_at changed_at withdrawn_at
    """,
)
declare(
    "visibility.Prize",
    seen_by=TEAM,
    personal={
        "given_by": Personal(
            "Being able to say who gave it.",
            Basis.LEGITIMATE_INTERESTS,
            "As long as the competition is shown.",
            Erasure.KEPT,
        )
    },
    not_personal="competition title words category age_group order entry reason",
)
declare(
    "visibility.Judge",
    seen_by=f"{TEAM[:-1]}; the other judges see no names.",
    personal={
        "user": Personal(JUDGED, Basis.LEGITIMATE_INTERESTS, HALF_A_YEAR, Erasure.DELETED),
    },
    not_personal="competition invitation state invited_at declared_at submitted_at",
)
declare(
    "visibility.Conflict",
    seen_by=TEAM,
    subject="judge",
    personal={
        "judge": Personal(JUDGED, Basis.LEGITIMATE_INTERESTS, HALF_A_YEAR, Erasure.DELETED),
        "place": Personal(
            "Keeping judges from what they know.",
            Basis.LEGITIMATE_INTERESTS,
            HALF_A_YEAR,
            Erasure.DELETED,
        ),
    },
    not_personal="entry is_found declared_at",
)
declare(
    "visibility.Score",
    seen_by="You; the campaign team, once you have handed in.",
    subject="judge",
    personal={
        "judge": Personal(JUDGED, Basis.LEGITIMATE_INTERESTS, HALF_A_YEAR, Erasure.DELETED),
        "points": Personal(JUDGED, Basis.LEGITIMATE_INTERESTS, HALF_A_YEAR, Erasure.DELETED),
    },
    not_personal="entry criterion",
)
