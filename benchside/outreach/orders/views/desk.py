"""At the desk: the orders, one order, the packing list and its papers. To others, nothing."""

from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from wagtail.admin import messages

from benchside.core.actions import Actor, Refused
from benchside.core.desk_pages import DeskPage
from benchside.core.exports import csv_response
from benchside.organisations.enums import Region
from benchside.organisations.views.tables import sorting, words_of
from benchside.outreach.enums import OrderState, Phase, RefusalReason
from benchside.outreach.models import Item, Order
from benchside.outreach.orders import actions, papers, queries, rules
from benchside.outreach.orders.forms import ParcelForm, RefuseForm
from benchside.outreach.orders.queries import SORTS, Wanted
from benchside.outreach.orders.states import ORDER

A_PAGE = 50
MOST_AT_ONCE = 200
COLUMNS = [
    ("number", "Order"), ("school", "School"), ("region", "Region"), ("packs", "Packs"),
    ("state", "State"), ("placed", "Asked for"), ("confirmed", "Said yes"),
]  # fmt: skip
ALL = "all"


class PackersPage(DeskPage):
    """A page for whoever packs orders; 404 for everybody else."""

    may = rules.can_pack
    header_icon = "mail"
    crumb = ("desk_orders", "Orders")


class Orders(PackersPage):
    page_title = "Orders"
    template_name = "outreach/desk/orders.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": "Orders"}]

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted = wanted_of(request)
        page = Paginator(queries.orders(wanted), A_PAGE).get_page(request.GET.get("page"))
        return self.page(
            orders=page,
            wanted=wanted,
            columns=sorting(request, COLUMNS, wanted.sort),
            states=[(ALL, "All"), *OrderState.choices],
            regions=Region.choices,
            phases=Phase.choices,
            items=queries.items(),
            counts=queries.counts(),
            low=Item.objects.low(),
            kept=request.GET.urlencode(),
            verbs=BULK.get(wanted.state, ()),
            is_empty=not Order.objects.exists(),
            no_items=not Item.objects.exists(),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Pack or send all that are ticked; what cannot be is told, the others are done."""
        verb = request.POST.get("verb", "")
        doing = VERBS.get(verb)
        ticked = [int(pk) for pk in request.POST.getlist("order") if pk.isascii() and pk.isdigit()]
        if doing is None or not ticked:
            messages.error(request, "Nothing was done: tick orders, then press a button.")
            return redirect(request.get_full_path())
        act, done = doing
        good = 0
        for order in Order.objects.filter(pk__in=ticked[:MOST_AT_ONCE]).order_by("pk"):
            try:
                act(actor=self.actor, order=order)
                good += 1
            except Refused as refused:
                messages.error(request, f"{order.number}: {refused}")
        if good:
            messages.success(request, f"{good} {'order is' if good == 1 else 'orders are'} {done}.")
        return redirect(request.get_full_path())


VERBS: dict[str, tuple[Callable[..., None], str]] = {
    "pack": (actions.pack_order, "packed"),
    "send": (actions.send_order, "sent, and their postal addresses are gone"),
}
# Of a list narrowed to one state: which verbs its ticked lines can have.
BULK: dict[str, tuple[tuple[str, str], ...]] = {
    OrderState.CONFIRMED: (("pack", "Packed in full"),),
    OrderState.PACKED: (("send", "In the post"),),
}


def orders_csv(request: HttpRequest) -> HttpResponse:
    """The list as chosen, all its pages. No name, no e-mail and no address leaves the desk so."""
    _only_packers(request)
    header = (
        "Order", "School", "Town", "Kind", "Region", "State", "Item", "Packs", "Packs sent",
        "Campaign", "Asked for", "Said yes", "Sent",
    )  # fmt: skip
    rows = (
        (
            order.number, order.school_name, order.school_town, order.get_phase_display(),
            order.get_region_display(), order.get_state_display(), line.item.title, line.packs,
            line.sent, order.campaign, _day(order.placed_at), _day(order.confirmed_at),
            _day(order.sent_at),
        )
        for order in queries.orders(wanted_of(request))
        for line in order.lines.all()
    )  # fmt: skip
    return csv_response("orders.csv", header, rows)


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


class OneOrder(PackersPage):
    """One order: the parcel in hand, what may be done, what was done."""

    template_name = "outreach/desk/order.html"

    def get_page_title(self) -> str:
        return f"Order {self.order.number}"

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.order = self._order(pk)
        return self._page()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.order = self._order(pk)
        verb = request.POST.get("verb", "")
        form = self._form(verb)
        if form is not None and not form.is_valid():
            return self._page(status=422, **{f"{verb}_form": form})
        try:
            said = self._do(verb, form)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said)
        return redirect("desk_order", pk)

    def _order(self, pk: int) -> Order:
        return get_object_or_404(Order.objects.select_related("place", "organisation"), pk=pk)

    def _lines(self) -> Sequence[Any]:
        return list(self.order.lines.select_related("item"))

    def _form(self, verb: str) -> forms.Form | None:
        if verb == "pack":
            return ParcelForm(self.request.POST, lines=self._lines())
        return RefuseForm(self.request.POST) if verb == "refuse" else None

    def _do(self, verb: str, form: Any) -> str:
        who: dict[str, Any] = {"actor": self.actor, "order": self.order}
        if verb == "pack":
            follows = form.cleaned_data["rest"] == "follows"
            actions.pack_order(**who, packed=form.packed(), rest_follows=follows)
            return "Packed. Stick its label on."
        if verb == "unpack":
            actions.unpack_order(**who)
            return "It waits to be packed again."
        if verb == "send":
            actions.send_order(**who)
            return "Sent. Whoever ordered is told by e-mail."
        if verb == "refuse":
            actions.refuse_order(**who, reason=RefusalReason(form.cleaned_data["reason"]))
            return "Not sent. Whoever ordered is told why by e-mail; the address is gone."
        if verb == "come_back":
            actions.come_back(**who)
            return "Its packs are on the shelf again."
        raise Refused("Nothing was done: press one of the buttons.")

    def _page(self, status: int = 200, **bound: forms.Form) -> HttpResponse:
        lines = self._lines()
        return self.page(
            status=status,
            order=self.order,
            lines=lines,
            verbs=ORDER.verbs(self.actor, self.order),
            same=queries.same_postcode(self.order),
            entries=self.order.entries.select_related("item"),
            **{"pack_form": ParcelForm(lines=lines), "refuse_form": RefuseForm(), **bound},
        )


class PackingList(PackersPage):
    """What to fetch from the shelf, and the parcels it goes into; its papers as PDF."""

    page_title = "Packing list"
    template_name = "outreach/desk/packing.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        found = _to_pack(request)
        return self.page(
            orders=found,
            picks=queries.picks(found),
            wanted=wanted_of(request),
            most=MOST_AT_ONCE,
            label=papers.LABELS,
            firsts=range(1, papers.LABELS.on_a_sheet + 1),
            kept=request.GET.urlencode(),
        )


def packing_pdf(request: HttpRequest) -> HttpResponse:
    """A page of what to fetch, then a slip for each parcel."""
    _only_packers(request)
    found = _to_pack(request)
    data = papers.packing_list(found, queries.picks(found), timezone.localdate())
    return _pdf(data, "packing-list.pdf")


def labels_pdf(request: HttpRequest) -> HttpResponse:
    """A label for each parcel; `first` is the first label of the sheet that is not used yet."""
    _only_packers(request)
    first = request.GET.get("first", "1")
    at = int(first) if first.isascii() and first.isdigit() and len(first) < 3 else 1
    return _pdf(papers.labels(_to_pack(request), first=at), "labels.pdf")


def _pdf(data: bytes, name: str) -> HttpResponse:
    """Made anew each time and kept nowhere: it holds addresses."""
    response = HttpResponse(data, content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{name}"'
    response["Cache-Control"] = "private, no-store"
    return response


def _to_pack(request: HttpRequest) -> list[Order]:
    """The orders of the list as it is narrowed, the longest waiting first, while they are open."""
    wanted = wanted_of(request)
    found = queries.orders(wanted).open().exclude(state=OrderState.PLACED)  # type: ignore[attr-defined]
    return list(found[:MOST_AT_ONCE])


def wanted_of(request: HttpRequest) -> Wanted:
    """Without a word: what waits to be packed, the longest waiting first."""
    asked = request.GET
    sort, state = asked.get("sort", "confirmed"), asked.get("state", OrderState.CONFIRMED)
    try:
        day = date.fromisoformat(asked.get("day", ""))
    except ValueError:
        day = None
    return Wanted(
        sort=sort if sort.removeprefix("-") in SORTS else "confirmed",
        state="" if state == ALL else state if state in OrderState.values else OrderState.CONFIRMED,
        words=words_of(request),
        region=asked.get("region", "") if asked.get("region") in Region.values else "",
        phase=asked.get("phase", "") if asked.get("phase") in Phase.values else "",
        item=asked.get("item", "")[:60].replace("\0", ""),
        day=day,
    )


def _only_packers(request: HttpRequest) -> None:
    if not rules.can_pack(Actor.of(request.user)):
        raise Http404
