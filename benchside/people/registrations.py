"""What this room offers the others, registered at start-up."""

from benchside.accounts.enums import Purpose
from benchside.accounts.offers import Offer, offers
from benchside.core.registries import personal_data_exports
from benchside.people import actions, events, exports
from benchside.people.enums import ClaimAnswer

__all__ = ["events", "register"]  # named, so that what others may hear is known from the start


def landing(_invitation_id: int) -> str:
    return "/my/profile/"


def register() -> None:
    offers.register(
        Offer(
            key=Purpose.CLAIM,
            accepted=actions.take_up_record,
            landing=landing,
            letter="people/claim",
            page="people/claim.html",
            refusals=tuple(ClaimAnswer.choices),
            declined=actions.note_refusal,
        )
    )
    personal_data_exports.register(exports.TECHNICIAN)
