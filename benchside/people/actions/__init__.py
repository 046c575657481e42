"""What can be done with a technician's record, one function a verb."""

from benchside.people.actions.claiming import (
    begin_record,
    claim_by_address,
    note_refusal,
    offer_on_paper,
    offer_record,
    take_up_record,
)
from benchside.people.actions.media_consents import give_consent, withdraw_consent
from benchside.people.actions.profiles import (
    add_line,
    change_profile,
    choose_audiences,
    choose_terms,
    remove_line,
    set_photo,
    show_or_hide,
    take_photo_down,
)

__all__ = [
    "add_line",
    "begin_record",
    "change_profile",
    "choose_audiences",
    "choose_terms",
    "claim_by_address",
    "give_consent",
    "note_refusal",
    "offer_on_paper",
    "offer_record",
    "remove_line",
    "set_photo",
    "show_or_hide",
    "take_photo_down",
    "take_up_record",
    "withdraw_consent",
]
