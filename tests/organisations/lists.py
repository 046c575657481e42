"""Organisations, their members, and staff lists brought in the way an action does."""

from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.utils import timezone

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.organisations.actions.staff_lists import (
    apply_staff_list,
    preview_staff_list,
)
from benchside.organisations.enums import MemberRole, OrganisationState
from benchside.organisations.models import (
    Employment,
    Membership,
    Organisation,
    Post,
    StaffRun,
    Unit,
)
from benchside.organisations.staff import applying
from benchside.organisations.staff_list import TitleIndex
from benchside.people.models import Technician
from scripts.make_staff_list import DAY
from tests.factories.people import person
from tests.factories.staff_lists import HEADER, text

NONE = TitleIndex([])
COOK = ("ZZ1003", "Kai Invented", "kai@benchside.example", "05/06/1985", "Catering", "Cook", "1")


def organisation(slug: str = "nowhere") -> Organisation:
    ada = person(f"applicant@{slug}.example").person_id
    return Organisation.objects.create(
        slug=slug,
        name=slug.title(),
        kind="university",
        state=OrganisationState.APPROVED,
        applied_by=ada,
        decided_by=ada,
        decided_at=timezone.now(),
    )


def member(of: Organisation, role: MemberRole, **fields: Any) -> User:
    user = person(f"{role}@{of.slug}.example")
    Membership.objects.create(organisation=of, user=user, role=role, **fields)
    return user


def preview(actor: Actor, of: Organisation, *rows: Any, data: bytes = b"", **more: Any) -> StaffRun:
    return preview_staff_list(
        actor=actor,
        organisation=of,
        data=data or text([HEADER, *rows]),
        filename="C:\\Users\\hr\\staff.csv",
        as_of=DAY,
        soc=NONE,
        roles=NONE,
        **more,
    )


def bring(actor: Actor, of: Organisation, *rows: Any, **more: Any) -> StaffRun:
    """Preview and apply, with the task run here."""
    run = preview(actor, of, *rows, **more)
    apply_staff_list(actor=actor, run=run)
    applying.carry_out(run.pk)
    run.refresh_from_db()
    return run


def listed(of: Organisation) -> set[tuple[str, str, str]]:
    rows = Post.objects.current().filter(employment__organisation=of)
    return set(rows.values_list("employment__technician__name", "title", "unit__name"))


def changed(row: Any, **cells: str) -> tuple[str, ...]:
    places = [name.lower().replace(" ", "_").replace("-", "_") for name in HEADER]
    return tuple(cells.get(name, cell) for name, cell in zip(places, row, strict=True))


def everything() -> list[tuple[Any, ...]]:
    """All rows that an import writes, to compare before with after."""
    return [
        tuple(model.objects.order_by("pk").values_list())
        for model in (Technician, Employment, Post, Unit)
    ]


def rows_of_every_table() -> Iterator[str]:
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")
            yield from map(str, cursor.fetchall())
