"""Open organisations with somebody in a role, and places of the real lists."""

from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.organisations.enums import OF_A_UNIT, Kind, MemberRole, OrganisationState, PlaceList
from benchside.organisations.models import KnownPlace, Membership, Organisation, Unit
from tests.factories.people import person


def an_organisation(slug: str = "northmoor", **fields: Any) -> Organisation:
    """An open one, with no members."""
    opened = person(f"decider@{slug}.example")
    values = {
        "name": slug.replace("-", " ").title(),
        "kind": Kind.UNIVERSITY,
        "state": OrganisationState.APPROVED,
        "applied_by": opened.person_id,
        "decided_by": opened.person_id,
        "decided_at": timezone.now(),
    }
    return Organisation.objects.create(slug=slug, **{**values, **fields})


def a_unit(organisation: Organisation, name: str = "Chemistry", above: Unit | None = None) -> Unit:
    return Unit.objects.create(organisation=organisation, name=name, above=above)


def a_member(
    organisation: Organisation, role: str = MemberRole.LEAD, local: str = "", **fields: Any
) -> User:
    """Somebody new in a role; roles of a unit are given one."""
    user = person(f"{local or role}@{organisation.slug}.example")
    if role in OF_A_UNIT and "unit" not in fields:
        fields["unit"] = Unit.objects.get_or_create(organisation=organisation, name="Stores")[0]
    Membership.objects.create(organisation=organisation, user=user, role=role, **fields)
    return user


def a_place(code: str = "123456", **fields: Any) -> KnownPlace:
    values = {
        "source": PlaceList.SCHOOLS,
        "kind": Kind.SCHOOL,
        "name": "Northmoor High School",
        "town": "Northmoor",
    }
    return KnownPlace.objects.create(code=code, **{**values, **fields})
