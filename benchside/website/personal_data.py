"""What the shop window holds of a person: visits are counted, visitors are not.

A concern is anonymous. Only what a sender chooses to type may be personal, and it goes by itself.
"""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

PLATE = "lead checked_on review_by"

declare("website.HomePage", not_personal=PLATE)
declare("website.TextPage", not_personal=f"{PLATE} body")
declare("website.GuidePage", not_personal=f"{PLATE} questions reader")
declare("website.NewsIndexPage", not_personal=PLATE)
declare("website.NewsPage", not_personal=f"{PLATE} body picture")
declare("website.Visit", not_personal="path day count")
declare("website.SecondReader", not_personal="groups")

YEAR = "365 days after the concern is closed"
TYPED = Personal(
    "Looking into what somebody told us.", Basis.LEGITIMATE_INTERESTS, YEAR, Erasure.EXPIRES
)
WHO = Personal("Knowing who handled a concern.", Basis.LEGITIMATE_INTERESTS, YEAR, Erasure.KEPT)
declare(
    "website.Concern",
    seen_by="The safeguarding contact.",
    personal={
        "message": TYPED,
        "answer": TYPED,
        "reply_to": Personal(
            "Answering the sender.",
            Basis.LEGITIMATE_INTERESTS,
            "30 days after the concern is closed",
            Erasure.EXPIRES,
        ),
        "seen_by": WHO,
        "answered_by": WHO,
        "closed_by": WHO,
    },
    not_personal="reference state kind about received_at seen_at answered_at closed_at",
)
declare(
    "website.ConcernNote",
    seen_by="The safeguarding contact.",
    personal={"text": TYPED, "written_by": WHO},
    not_personal="concern written_at",
)
