"""Where a school joins a campaign day, it is offered what there is to order, filled in."""

import uuid
from collections.abc import Mapping
from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.urls import reverse

from benchside.core.registries import Panel
from benchside.outreach.orders import queries

KNOWN = ("campaign", "list", "code")


def what_to_order(subject_id: str, viewer_id: uuid.UUID | None) -> Mapping[str, Any] | None:
    """`subject_id` may tell of the school, as a query: "campaign=made-up-day&list=schools&
    code=123456"; a page that knows it in plain values adds them to what is shown. Nothing is shown
    while nothing is there to order."""
    told = {name: value[:60] for name, value in parse_qsl(subject_id) if name in KNOWN}
    items = [item for item in queries.on_offer(told.get("campaign", "")) if item.free > 0]
    if not items:
        return None
    address = reverse("outreach:orders")
    return {"items": items, "url": f"{address}?{urlencode(told)}" if told else address}


PANEL = Panel(
    key="outreach.orders",
    place="visibility.pledge",
    title="Stickers and posters by post",
    template="outreach/orders/panel.html",
    context=what_to_order,
)
