"""What this room holds of a person: the orders they placed, and how they are forgotten."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from benchside.accounts.models import User
from benchside.core.registries import PersonalDataExport
from benchside.outreach.models import Order
from benchside.outreach.orders.actions.forgetting import NOBODY


def _orders_of(person_id: UUID) -> QuerySet[Order]:
    """Placed under the address of their account, which they have proven to be theirs."""
    account = User.objects.filter(person_id=person_id).exclude(email="").first()
    return Order.objects.filter(email__iexact=account.email) if account else Order.objects.none()


def export(person_id: UUID) -> dict[str, Any]:
    return {
        "orders": [
            {
                "number": order.number,
                "school": order.school_name,
                "state": order.state,
                "name": order.contact_name,
                "email": order.email,
                "address": order.address,
                "postcode": order.postcode,
                "placed_at": order.placed_at.isoformat(),
                "packs": {line.item.slug: line.packs for line in order.lines.all()},
            }
            for order in _orders_of(person_id).prefetch_related("lines__item")
        ]
    }


def erase(person_id: UUID) -> None:
    """A parcel that has not gone still goes to the school, to nobody by name."""
    found = list(_orders_of(person_id).values_list("pk", flat=True))
    Order.objects.filter(pk__in=found).update(**NOBODY)


ORDERS = PersonalDataExport(
    key="outreach.orders", title="Orders by post", export=export, erase=erase, order=350
)
