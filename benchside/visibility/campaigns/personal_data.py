"""What of campaigns is personal, why it is kept and how long."""

from benchside.core.personal_data import Basis, Erasure, Personal, declare

AFTER_THE_DAY = "90 days after the day; at once when the school leaves."
JOINING = "Sending a school its pack, reminders and thanks."


def _contact() -> Personal:
    return Personal(JOINING, Basis.CONSENT, AFTER_THE_DAY, Erasure.EXPIRES)


declare(
    "visibility.Campaign",
    not_personal="slug name state message about hashtags starts_on ends_on code created_at",
)
declare("visibility.CampaignDay", not_personal="campaign day pledges_until photos_until thanked_at")
declare(
    "visibility.Pledge",
    seen_by="The campaign team. That a school joins in: everyone, if it says so.",
    personal={"contact_name": _contact(), "contact_email": _contact()},
    not_personal="""
    key day state school town postcode nation place organisation is_shown technicians code made_at
    confirmed_at left_at
    """,
)
