"""Open organisations with somebody in a role, and places of the real lists."""

from datetime import date
from typing import Any

from django.utils import timezone

from benchside.accounts.models import User
from benchside.core import imports
from benchside.core.actions import Actor
from benchside.core.models import ImportRun
from benchside.core.sitting import Sitting
from benchside.organisations.actions.definitions import write_definition
from benchside.organisations.actions.staff_files import take_in_staff_file
from benchside.organisations.actions.staff_lists import apply_staff_list
from benchside.organisations.enums import OF_A_UNIT, Kind, MemberRole, OrganisationState, PlaceList
from benchside.organisations.equipment.files import EquipmentImporter
from benchside.organisations.models import (
    KnownPlace,
    Membership,
    Organisation,
    StaffFile,
    StaffRun,
    Unit,
)
from benchside.organisations.queries import Seat
from benchside.organisations.staff import applying, comparing
from tests.factories.people import person
from tests.factories.staff_lists import EDIE, HEADER, OLU, Rows, text


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


def an_equipment_file(organisation: Organisation, lead: User) -> ImportRun:
    """One public item of the champions' unit, brought in by a lead the way the pages do."""
    run = imports.preview(
        actor=Actor.of(lead),
        importer=EquipmentImporter(organisation),
        data=b"ID,Name,Department,Public\nA1,Mill,Stores,yes\n",
        filename="equipment.csv",
        scope=str(organisation.pk),
    )
    imports.apply(actor=Actor.of(lead), run=run)
    return run


def a_staff_list(organisation: Organisation, steward: User) -> StaffRun:
    """One technician, brought in by a steward the way the pages do; the rules are written, and
    another file waits to be told its columns."""
    actor = Actor.of(steward)
    write_definition(actor=actor, organisation=organisation, rules=RULES)
    run = bring_in(actor, organisation, [HEADER, EDIE])
    take_in(actor, organisation, [HEADER, EDIE, OLU])
    return run


RULES = [{"about": "title", "words": ["technician"], "verdict": "technician"}]


def take_in(actor: Actor, organisation: Organisation, rows: Rows) -> StaffFile:
    return take_in_staff_file(
        actor=actor,
        organisation=organisation,
        data=text(rows),
        filename="staff.csv",
        as_of=date(2026, 10, 31),
    )


def bring_in(actor: Actor, organisation: Organisation, rows: Rows) -> StaffRun:
    """Taken in, compared and applied, with both tasks run here."""
    file = take_in(actor, organisation, rows)
    comparing.compare(file.pk, actor)
    run = StaffRun.objects.get(upload=file.pk)
    apply_staff_list(actor=actor, run=run)
    applying.carry_out(run.pk)
    run.refresh_from_db()
    return run


def sitting(organisation: Organisation | int, user: User | None = None) -> Sitting:
    """Somebody at their place, as the workspace tells every room that asks; of whoever is no
    member, or of nobody in particular, without a role."""
    pk = organisation if isinstance(organisation, int) else organisation.pk
    held = Membership.objects.live().filter(organisation=pk, user=user)
    return Seat(Organisation.objects.get(pk=pk), user or User(), tuple(held)).sitting
