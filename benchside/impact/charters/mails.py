"""Letters about a charter: to its officers, and to those who lead it in an organisation."""

from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.urls import reverse

from benchside.accounts.models import User
from benchside.core import mail
from benchside.impact.models import Cycle, Signatory
from benchside.organisations import roles
from benchside.organisations.models import Membership


def leads_of(signatory: Signatory) -> list[User]:
    """Leads and deputies of the organisation who can be written to, once each."""
    live = Membership.objects.live().filter(
        organisation=signatory.organisation_id,
        role__in=roles.with_right(roles.LEAD_CHARTER),
        user__is_active=True,
    )
    found = {one.user_id: one.user for one in live.select_related("user").order_by("pk")}
    return [one for one in found.values() if one.email]


def to_decide(signatory: Signatory) -> None:
    """To the charter's own address, where it has one: both have signed."""
    charter = signatory.charter
    if charter.contact:
        desk = reverse("desk_charter_signatory", args=[charter.slug, signatory.pk])
        mail.send(
            "impact/charter_to_decide", charter.contact, _context(signatory, desk=_full(desk))
        )


def accepted(signatory: Signatory) -> None:
    day = signatory.cohort.announced_on if signatory.cohort else None
    _to_leads("charter_accepted", signatory, announced_on=day)


def answered(signatory: Signatory, *, is_no: bool) -> None:
    _to_leads("charter_answered", signatory, answer=signatory.answer, is_no=is_no)


def announced(signatory: Signatory) -> None:
    first = signatory.cycles.order_by("stage").first()
    public = reverse("impact:signatory", args=[signatory.charter.slug, signatory.organisation.slug])
    _to_leads(
        "charter_announced", signatory, due_on=first.due_on if first else None, public=_full(public)
    )


def due(cycle: Cycle, title: str) -> int:
    """What should be happening now, and the day it is for. Returns how many were written to."""
    return _to_leads(
        "charter_due", cycle.signatory, stage=cycle.stage, due_on=cycle.due_on, what=title
    )


def _to_leads(name: str, signatory: Signatory, **more: object) -> int:
    people = leads_of(signatory)
    _to_each(name, people, _context(signatory, **more))
    return len(people)


def _to_each(name: str, people: Iterable[User], context: dict[str, Any]) -> None:
    for one in people:
        mail.send(f"impact/{name}", one.email, {**context, "name": one.get_full_name()})


def _context(signatory: Signatory, **more: object) -> dict[str, Any]:
    inside = reverse("impact:inside_charter", args=_slugs(signatory))
    return {
        "charter": signatory.charter.name,
        "organisation": signatory.organisation.name,
        "workspace": _full(inside),
        **more,
    }


def _slugs(signatory: Signatory) -> list[str]:
    return [signatory.organisation.slug, signatory.charter.slug]


def _full(path: str) -> str:
    return f"{settings.BASE_URL}{path}"
