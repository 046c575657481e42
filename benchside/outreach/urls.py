"""Addresses of outreach."""

from benchside.outreach.orders.urls import urlpatterns as orders

app_name = "outreach"
urlpatterns = [*orders]
