"""An order holds an adult at a school and where the parcel goes; nothing of a pupil."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

UNTIL_SENT = "Until it is sent, cancelled or refused; a week if nobody says yes to it"
CONTACT = "60 days after it is sent or ended; a week if nobody says yes to it"
YEARS = "Three years after the order ends"

declare(
    "outreach.Order",
    seen_by="Whoever packs orders. The school's own members see the order, not who placed it.",
    personal={
        "contact_name": Personal(
            "Writing on the parcel whom it is for.",
            Basis.LEGITIMATE_INTERESTS,
            CONTACT,
            Erasure.BLANKED,
        ),
        "email": Personal(
            "Asking for a yes, and saying when the parcel is sent.",
            Basis.LEGITIMATE_INTERESTS,
            CONTACT,
            Erasure.BLANKED,
        ),
        "address": Personal(
            "Sending the parcel.", Basis.LEGITIMATE_INTERESTS, UNTIL_SENT, Erasure.EXPIRES
        ),
        "postcode": Personal(
            "Sending the parcel.", Basis.LEGITIMATE_INTERESTS, UNTIL_SENT, Erasure.EXPIRES
        ),
        "key": Personal(
            "Opening the order by the link in the mail.",
            Basis.LEGITIMATE_INTERESTS,
            CONTACT,
            Erasure.BLANKED,
        ),
        "packed_by": Personal(
            "Knowing who packed it.", Basis.LEGITIMATE_INTERESTS, YEARS, Erasure.KEPT
        ),
        "sent_by": Personal(
            "Knowing who sent it.", Basis.LEGITIMATE_INTERESTS, YEARS, Erasure.KEPT
        ),
    },
    not_personal="""
    once state place organisation school_key school_name school_town phase region campaign refusal
    year rest_follows placed_at confirmed_at packed_at sent_at ended_at
    """,
)
declare("outreach.OrderLine", not_personal="order item packs packed sent")
declare("outreach.SchoolTally", not_personal="school_key item year packs")
declare(
    "outreach.Item",
    not_personal="""
    slug title kind about pack limit_per_school low_at campaign offered_from offered_until is_on
    order on_hand reserved updated_at
    """,
)
declare(
    "outreach.StockEntry",
    seen_by="Whoever packs orders.",
    personal={
        "by": Personal(
            "Knowing who counted.",
            Basis.LEGITIMATE_INTERESTS,
            "As long as the ledger",
            Erasure.KEPT,
        )
    },
    not_personal="item move on_hand reserved on_hand_after reserved_after order reason at",
)
