"""At the desk: the items and their stock, and what went where."""

from typing import Any

from django import forms
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.outreach.models import Item
from benchside.outreach.orders import actions, queries
from benchside.outreach.orders.forms import CorrectForm, ItemForm, ReceiveForm
from benchside.outreach.orders.views.desk import PackersPage

A_PAGE = 50


class Stock(PackersPage):
    page_title = "Stock"
    header_icon = "folder-open-inverse"
    template_name = "outreach/desk/stock.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(items=queries.items())


class AddItem(PackersPage):
    page_title = "Add an item"
    template_name = "outreach/desk/item_form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(form=ItemForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ItemForm(request.POST)
        if not form.is_valid():
            return self.page(form=form, status=422)
        item = actions.keep_item(actor=self.actor, item=None, values=form.cleaned_data)
        messages.success(request, f"{item.title} is here. Now say how many came.")
        return redirect("desk_item", item.slug)


class OneItem(PackersPage):
    """One item: what it is, what came and went, and the two ways to change the stock."""

    template_name = "outreach/desk/item.html"
    crumb = ("desk_stock", "Stock")

    def get_page_title(self) -> str:
        return self.item.title

    def get(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.item = get_object_or_404(Item, slug=slug)
        return self._page()

    def post(self, request: HttpRequest, slug: str) -> HttpResponse:
        self.item = get_object_or_404(Item, slug=slug)
        verb = request.POST.get("verb", "")
        kinds: dict[str, type[Any]] = {"receive": ReceiveForm, "correct": CorrectForm}
        if verb == "keep":
            # A copy: what is wrong must not stand on the page as if it were so.
            form: Any = ItemForm(request.POST, instance=Item.objects.get(pk=self.item.pk))
        elif verb in kinds:
            form = kinds[verb](request.POST)
        else:
            messages.error(request, "Nothing was done: press one of the buttons.")
            return redirect("desk_item", slug)
        if not form.is_valid():
            return self._page(status=422, **{f"{verb}_form": form})
        try:
            self._do(verb, form.cleaned_data)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Kept.")
        return redirect("desk_item", self.item.slug)

    def _do(self, verb: str, said: dict[str, Any]) -> None:
        who: dict[str, Any] = {"actor": self.actor, "item": self.item}
        if verb == "keep":
            actions.keep_item(**who, values=said)
        elif verb == "receive":
            actions.receive_stock(**who, **said)
        else:
            actions.correct_stock(**who, **said)

    def _page(self, status: int = 200, **bound: forms.Form) -> HttpResponse:
        entries = Paginator(queries.ledger_of(self.item), A_PAGE)
        return self.page(
            status=status,
            item=self.item,
            entries=entries.get_page(self.request.GET.get("page")),
            **{
                "receive_form": ReceiveForm(),
                "correct_form": CorrectForm(initial={"counted": self.item.on_hand}),
                "keep_form": ItemForm(instance=self.item),
                **bound,
            },
        )


class Figures(PackersPage):
    """What went out, by region and by kind of school, in one school year; also as CSV."""

    page_title = "What went out"
    template_name = "outreach/desk/figures.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        years = queries.years()
        said = request.GET.get("year", "")
        year = int(said) if said.isascii() and said.isdigit() and len(said) == 4 else years[0]
        tables = [
            ("Region", queries.figures("region", year)),
            ("Kind of school", queries.figures("phase", year)),
        ]
        if request.GET.get("as") == "csv":
            header = ("By", "Which", "Orders sent", "Packs sent", "Days from yes to post, median")
            rows = (
                (title, line.label, line.orders, line.packs, "" if line.days is None else line.days)
                for title, lines in tables
                for line in lines
            )
            return csv_response(f"orders-{year}.csv", header, rows)
        return self.page(tables=tables, years=years, year=year)
