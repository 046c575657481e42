"""Orders in the desk's menu, for whoever packs them, and what runs low on the desk's first page."""

from typing import Any

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.ui.components import Component

from benchside.core.actions import Actor
from benchside.outreach.models import Item
from benchside.outreach.orders import rules
from benchside.outreach.orders.views import desk, stock


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [
        path("orders/", desk.Orders.as_view(), name="desk_orders"),
        path("orders/orders.csv", desk.orders_csv, name="desk_orders_csv"),
        path("orders/packing/", desk.PackingList.as_view(), name="desk_packing"),
        path("orders/packing/list.pdf", desk.packing_pdf, name="desk_packing_pdf"),
        path("orders/packing/labels.pdf", desk.labels_pdf, name="desk_labels_pdf"),
        path("orders/figures/", stock.Figures.as_view(), name="desk_order_figures"),
        path("orders/stock/", stock.Stock.as_view(), name="desk_stock"),
        path("orders/stock/add/", stock.AddItem.as_view(), name="desk_item_add"),
        path("orders/stock/<slug:slug>/", stock.OneItem.as_view(), name="desk_item"),
        path("orders/<int:pk>/", desk.OneOrder.as_view(), name="desk_order"),
    ]


class OrdersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_pack(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def orders_menu_item() -> MenuItem:
    return OrdersItem("Orders", reverse("desk_orders"), icon_name="mail", order=270)


class LowStock(Component):
    """What somebody should have printed before it runs out."""

    name = "low_stock"
    template_name = "outreach/desk/low_panel.html"
    order = 20

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:
        packs = rules.can_pack(Actor.of(parent_context["request"].user))
        return {"low": list(Item.objects.low()) if packs else []}


@hooks.register("construct_homepage_panels")
def low_stock(request: HttpRequest, panels: list[Any]) -> None:
    panels.append(LowStock())
