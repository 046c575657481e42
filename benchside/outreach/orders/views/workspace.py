"""What was ordered in a school's name, for its own members. Not who ordered it, nor where to."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations import queries as organisations
from benchside.organisations.models import Organisation
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting
from benchside.outreach.orders import actions, queries, rules
from benchside.outreach.orders.queries import OWN_SORTS

A_PAGE = 25
COLUMNS = [("number", "Number"), ("state", "State"), ("placed", "Asked for"), ("sent", "Sent")]


@require_safe
@members_only()
def orders(request: MemberRequest) -> HttpResponse:
    here = request.seat.organisation
    sort, state = _asked(request)
    found = queries.orders_of(here, sort=sort, state=state)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    actor = Actor.of(request.user)
    context = {
        "page": page,
        "lines": [(one, one.can_change and rules.can_cancel(actor, one)) for one in page],
        "columns": sorting(request, COLUMNS, sort),
        "state": state,
        "states": queries.STATES,
        "order_url": _order_address(here),
        "kept": request.GET.urlencode(),
        "is_empty": not page.paginator.count and not request.GET,
    }
    return render(request, "outreach/orders/inside.html", context)


@require_safe
@members_only()
def orders_csv(request: MemberRequest) -> HttpResponse:
    here = request.seat.organisation
    sort, state = _asked(request)
    rows = (
        (one.number, one.get_state_display(), line.item.title, line.packs, line.sent,
         one.placed_at.date(), one.sent_at.date() if one.sent_at else "")
        for one in queries.orders_of(here, sort=sort, state=state)
        for line in one.lines.all()
    )  # fmt: skip
    header = ("Order", "State", "Item", "Packs", "Packs sent", "Asked for", "Sent")
    return csv_response(f"{here.slug}-orders.csv", header, rows)


@require_POST
@members_only()
def cancel(request: MemberRequest, pk: int) -> HttpResponse:
    here = request.seat.organisation
    order = get_object_or_404(queries.orders_of(here), pk=pk)
    try:
        actions.cancel_order(actor=Actor.of(request.user), order=order)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, f"{order.number} is cancelled. Whoever ordered is told by e-mail."
        )
    return redirect("outreach:inside_orders", here.slug)


def _asked(request: MemberRequest) -> tuple[str, str]:
    sort, state = request.GET.get("sort", "-placed"), request.GET.get("state", "")
    sort = sort if sort.removeprefix("-") in OWN_SORTS else "-placed"
    return sort, state if state in dict(queries.STATES) else ""


def _order_address(here: Organisation) -> str:
    """The first screen, with the school filled in where a real list knows it."""
    place = organisations.listed(here)
    known = urlencode({"list": place.source, "code": place.code}) if place else ""
    return f"{reverse('outreach:orders')}?{known}" if known else reverse("outreach:orders")
