"""What orders put into a school's workspace."""

from collections.abc import Sequence
from functools import partial

from django.db.models import Sum
from django.urls import reverse
from django.utils import timezone

from benchside.core.registries import AreaReport, Standing, ToDo, ToDoSource, WorkspaceTab
from benchside.core.sitting import Sitting
from benchside.organisations import roles
from benchside.outreach.enums import OrderState
from benchside.outreach.models import Order
from benchside.outreach.orders import queries
from benchside.outreach.orders.schools import school_year


def _address(name: str, slug: str) -> str:
    return reverse(f"outreach:{name}", args=[slug])


TABS = [
    WorkspaceTab(
        key="outreach.orders",
        area="outreach",
        title="Orders by post",
        url=partial(_address, "inside_orders"),
        order=50,
    )
]


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """An order in the school's name that nobody has said yes to: is it theirs?"""
    if not sitting.has_one_of(roles.with_right(roles.CHANGE_DETAILS)):
        return []
    waiting = Order.objects.filter(
        organisation=sitting.organisation_id, state=OrderState.PLACED
    ).count()
    if not waiting:
        return []
    return [
        ToDo(
            title="An order in your name waits for a yes",
            why="Somebody asked for things by post for you. Not one of you? Cancel it.",
            do="Look at orders",
            url=_address("inside_orders", sitting.slug),
            order=45,
        )
    ]


def standing(sitting: Sitting) -> Standing | None:
    """How many of the packs asked for this school year have been sent."""
    today = timezone.localdate()
    own = Order.objects.filter(organisation=sitting.organisation_id, year=school_year(today))
    promised = own.exclude(
        state__in=(OrderState.CANCELLED, OrderState.REFUSED, OrderState.RETURNED)
    )
    asked = promised.aggregate(packs=Sum("lines__packs"))["packs"]
    if not asked:
        return None
    sent = queries.went_out().filter(pk__in=own).aggregate(packs=Sum("lines__sent"))["packs"] or 0
    words = f"{sent} of {asked} packs asked for this school year are sent"
    return Standing(done=sent, total=max(asked, sent), words=words, as_of=today)


REPORT = AreaReport(key="outreach.orders", area="outreach", standing=standing)
TO_DO = ToDoSource(key="outreach.orders", things=things_to_do)
