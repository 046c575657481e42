"""What of this room is in the hands of a person, and moves when they hand over."""

import uuid

from benchside.accounts.models import User
from benchside.core.registries import Belonging
from benchside.organisations.actions.members import start
from benchside.organisations.models import Membership, Organisation
from benchside.organisations.models.members import MembershipQuerySet


def _contact(organisation_id: int, person_id: uuid.UUID) -> int:
    return Organisation.objects.filter(pk=organisation_id, contact__person_id=person_id).count()


def _move_contact(organisation_id: int, giver: uuid.UUID, taker: uuid.UUID) -> int:
    found = Organisation.objects.filter(pk=organisation_id, contact__person_id=giver)
    return found.update(contact=User.objects.get(person_id=taker))


def _units_of(organisation_id: int, person_id: uuid.UUID) -> int:
    return _held_in_units(organisation_id, person_id).count()


def _move_units(organisation_id: int, giver: uuid.UUID, taker: uuid.UUID) -> int:
    """Units the giver looks after as champion or manager: the taker does from today."""
    successor = User.objects.get(person_id=taker)
    held = list(_held_in_units(organisation_id, giver).select_related("unit"))
    for one in held:
        start(organisation_id, successor, one.role, one.unit)
    return len(held)


def _held_in_units(organisation_id: int, person_id: uuid.UUID) -> MembershipQuerySet:
    return Membership.objects.live().filter(
        organisation=organisation_id, user__person_id=person_id, unit__isnull=False
    )


CONTACT = Belonging(
    key="contact",
    title="whom Benchside writes to",
    count=_contact,
    move=_move_contact,
    order=10,
)
UNITS = Belonging(
    key="units", title="units they look after", count=_units_of, move=_move_units, order=20
)
