"""What this room offers the others, registered at start-up."""

import uuid

from benchside.accounts.enums import Purpose
from benchside.accounts.offers import Offer, offers
from benchside.core.actions import Actor
from benchside.core.imports import importers
from benchside.core.registries import personal_data_exports
from benchside.people import actions, events, exports
from benchside.people.cpd import exports as cpd_exports
from benchside.people.cpd import importing
from benchside.people.enums import ClaimAnswer
from benchside.people.models import ClaimInvitation

__all__ = ["events", "register"]  # named, so that what others may hear is known from the start


def landing(_invitation_id: int) -> str:
    return "/my/profile/"


def accepted(invitation_id: int, person_id: uuid.UUID) -> None:
    asked = ClaimInvitation.objects.get(invitation=invitation_id)
    holder = Actor.holding_link(scope=f"claim:{asked.pk}", person_id=person_id)
    actions.take_up_record(actor=holder, asked=asked)


def register() -> None:
    offers.register(
        Offer(
            key=Purpose.CLAIM,
            accepted=accepted,
            landing=landing,
            letter="people/claim",
            page="people/claim.html",
            refusals=tuple(ClaimAnswer.choices),
            declined=actions.note_refusal,
        )
    )
    personal_data_exports.register(cpd_exports.CPD)
    importers.register(importing.TABLE)
    importers.register(importing.CALENDAR)
    personal_data_exports.register(exports.CONSENTS)
    personal_data_exports.register(exports.TECHNICIAN)
