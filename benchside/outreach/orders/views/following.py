"""The order by its link: what becomes of it, say yes, change it, call it off.

Whoever holds the link placed the order. So these pages are kept nowhere, name themselves to
nobody, and their own address is not written on them; a form of theirs is sent to an address that
holds the secret, which no other site knows: that stands in for an Origin, which they do not send.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Refused
from benchside.outreach.enums import OrderState
from benchside.outreach.models import Item, Order
from benchside.outreach.orders import actions, links, queries
from benchside.outreach.orders.forms import AddressFields, PacksForm

View = Callable[[HttpRequest, Order, str], HttpResponse]


def for_its_holder(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view the order whose link this is; to anybody else there is none."""

    @csrf_exempt  # the address is the secret
    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        order = links.order_of(token)
        request.shown_as = reverse("outreach:orders")  # type: ignore[attr-defined]
        if order is None:
            response = render(request, "outreach/orders/no_order.html", status=404)
        else:
            response = view(request, order, token)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return found


@for_its_holder
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    """What was asked for and how far it is. A press says yes: mail programs open links by
    themselves, so opening one does nothing."""
    problem = ""
    if request.method == "POST" and order.state == OrderState.PLACED:
        try:
            actions.confirm_order(actor=links.holder_of(order), order=order)
        except Refused as refused:
            order.refresh_from_db()
            problem = str(refused)
    if request.method == "POST" and not problem:
        return redirect("outreach:order_follow", token)
    return _page(request, "follow", order, token, problem=problem)


@for_its_holder
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    if not order.can_change:
        return redirect("outreach:order_follow", token)
    items, most, now = _choices(order)
    packs = PacksForm(request.POST or None, items=items, most=most, initial=now)
    initial = {name: getattr(order, name) for name in AddressFields.base_fields}
    form = AddressFields(request.POST or None, initial=initial)
    form.use_required_attribute = False
    if request.method == "POST" and packs.is_valid() and form.is_valid():
        try:
            actions.change_order(
                actor=links.holder_of(order),
                order=order,
                details=form.cleaned_data,
                packs=packs.packs(),
            )
        except Refused as refused:
            order.refresh_from_db()
            form.add_error(None, str(refused))
        else:
            return redirect("outreach:order_follow", token)
    status = 422 if form.errors or packs.errors else 200
    return _page(request, "change", order, token, status=status, form=form, packs=packs)


def _choices(order: Order) -> tuple[list[Item], dict[int, int], dict[str, int]]:
    """What can be asked for now: all on offer and what is in the order; the most of each; what
    is asked for. Packs promised to this order are free to it."""
    lines = {line.item_id: line for line in order.lines.select_related("item")}
    offered = queries.on_offer()
    items = [*offered, *(line.item for pk, line in lines.items() if line.item not in offered)]
    most = {}
    for item in items:
        own = lines[item.pk].packs if item.pk in lines else 0
        free = item.free + (own if order.state != OrderState.PLACED else 0)
        most[item.pk] = max(min(item.limit_per_school, free), own)
    now = {f"p-{line.item.slug}": line.packs for line in lines.values()}
    return items, most, now


@for_its_holder
@require_http_methods(["GET", "HEAD", "POST"])
def cancel(request: HttpRequest, order: Order, token: str) -> HttpResponse:
    """Ask once, then call it off."""
    if not order.can_change:
        return redirect("outreach:order_follow", token)
    if request.method != "POST":
        return _page(request, "cancel", order, token)
    try:
        actions.cancel_order(actor=links.holder_of(order), order=order)
    except Refused as refused:
        order.refresh_from_db()
        return _page(request, "follow", order, token, problem=str(refused))
    return redirect("outreach:order_follow", token)


def _page(
    request: HttpRequest, name: str, order: Order, token: str, status: int = 200, **more: Any
) -> HttpResponse:
    pages = ("follow", "change", "cancel")
    context = {
        "order": order,
        "lines": list(order.lines.select_related("item")),
        "to": {page: reverse(f"outreach:order_{page}", args=[token]) for page in pages},
        **more,
    }
    status = 422 if more.get("problem") else status
    return render(request, f"outreach/orders/{name}.html", context, status=status)
