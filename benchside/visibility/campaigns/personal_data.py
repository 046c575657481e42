"""What of campaigns is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

AFTER_THE_DAY = "90 days after the day; at once when the school leaves."
JOINING = "Sending a school its pack, reminders and thanks."
TERMS = "Agreeing with a partner what each does, and how its logo is shown."


def _contact(purpose: str = JOINING, retention: str = AFTER_THE_DAY) -> Personal:
    return Personal(purpose, Basis.CONSENT, retention, Erasure.BLANKED)


def _partner() -> Personal:
    return Personal(
        TERMS,
        Basis.LEGITIMATE_INTERESTS,
        "As long as the partner is in the register; at once when they ask.",
        Erasure.BLANKED,
    )


declare(
    "visibility.Campaign",
    not_personal="""
    slug name state message about hashtags short_words long_words newsletter_words starts_on
    ends_on code created_at
    """,
)
declare(
    "visibility.CampaignDay",
    not_personal="campaign day pledges_until photos_until programme thanked_at",
)
declare(
    "visibility.Pledge",
    seen_by="The campaign team. That a school joins in: everyone, if it says so.",
    personal={
        "contact_name": _contact(),
        "contact_email": _contact(),
        "note": _contact("Knowing what was agreed with a school on the telephone."),
    },
    not_personal="""
    key day state school town postcode nation region phase easting northing place organisation
    is_shown technicians code made_at confirmed_at left_at wants_reminders followed_up_at
    """,
)
declare("visibility.PledgeMail", not_personal="pledge kind sent_at")
declare("visibility.KitCount", not_personal="day piece on taken")
declare(
    "visibility.Partner",
    seen_by="The campaign team.",
    personal={"contact_name": _partner(), "contact_email": _partner()},
    not_personal="name organisation website logo",
)
declare(
    "visibility.Partnership",
    not_personal="""
    partner campaign terms terms_version agreed_on shown_from shown_until created_at
    """,
)
