"""Addresses of orders, for everybody and in a workspace."""

from django.urls import path

from benchside.outreach.orders.views import following, ordering, workspace

INSIDE = "org/<slug:organisation>/outreach/orders"
urlpatterns = [
    path("orders/", ordering.choose, name="orders"),
    path("orders/to/", ordering.where_to, name="order_to"),
    path("orders/placed/", ordering.placed, name="order_placed"),
    path("orders/of/<str:token>/", following.follow, name="order_follow"),
    path("orders/of/<str:token>/change/", following.change, name="order_change"),
    path("orders/of/<str:token>/cancel/", following.cancel, name="order_cancel"),
    path(f"{INSIDE}/", workspace.orders, name="inside_orders"),
    path(f"{INSIDE}/orders.csv", workspace.orders_csv, name="inside_orders_csv"),
    path(f"{INSIDE}/<int:pk>/cancel/", workspace.cancel, name="inside_order_cancel"),
]
