"""The figures orders publish, of one organisation: in the school year a day lies in, up to it."""

import datetime
from statistics import median

from django.db.models import QuerySet, Sum
from django.utils import timezone

from benchside.core.registries import Measure, Measured
from benchside.outreach.models import Order
from benchside.outreach.orders import queries
from benchside.outreach.orders.schools import school_year


def _sent(organisation_id: int, on: datetime.date) -> QuerySet[Order]:
    return queries.went_out().filter(
        organisation=organisation_id, year=school_year(on), sent_at__date__lte=on
    )


def orders_sent(organisation_id: int, on: datetime.date) -> Measured:
    return Measured(value=_sent(organisation_id, on).count())


def packs_sent(organisation_id: int, on: datetime.date) -> Measured:
    packs = _sent(organisation_id, on).aggregate(packs=Sum("lines__sent"))["packs"]
    return Measured(value=packs or 0)


def days_to_send(organisation_id: int, on: datetime.date) -> Measured | None:
    """The middle number of days from the school's yes to the post."""
    found = _sent(organisation_id, on).values_list("confirmed_at", "sent_at")
    days = [
        (timezone.localdate(sent) - timezone.localdate(confirmed)).days
        for confirmed, sent in found
        if confirmed is not None and sent is not None
    ]
    return Measured(value=float(median(days))) if days else None


def _measure(key: str, title: str, unit: str, observe: object) -> Measure:
    return Measure(
        key=f"outreach.{key}",
        title=title,
        unit=unit,
        policy="",  # of parcels, not of people
        observe=observe,  # type: ignore[arg-type]
        order=60,
    )


MEASURES = (
    _measure("orders_sent", "Orders sent by post", "orders", orders_sent),
    _measure("packs_sent", "Packs of stickers, posters and badges sent", "packs", packs_sent),
    _measure("days_to_send", "Days from yes to post, in the middle", "days", days_to_send),
)
