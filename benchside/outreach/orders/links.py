"""The link that follows an order: signed, kept nowhere, and dead once the order forgets its key."""

import uuid

from django.conf import settings
from django.core.signing import BadSignature, Signer
from django.urls import reverse

from benchside.core.actions import Actor
from benchside.outreach.models import Order

LINK = "order"
_SIGNER = Signer(salt="outreach.order", sep=".")


def token_of(order: Order) -> str:
    """Raises ValueError for an order whose link is dead."""
    if order.key is None:
        raise ValueError(f"{order} has no link any more.")
    return _SIGNER.sign(order.key.hex)


def address_of(order: Order, page: str = "follow") -> str:
    """A page of the order, with this site before it."""
    return f"{settings.BASE_URL}{reverse(f'outreach:order_{page}', args=[token_of(order)])}"


def order_of(token: str) -> Order | None:
    try:
        key = uuid.UUID(hex=_SIGNER.unsign(token))
    except (BadSignature, ValueError):
        return None
    return Order.objects.filter(key=key).first()


def holder_of(order: Order) -> Actor:
    """Whoever came by the link."""
    return Actor.holding_link(scope=f"{LINK}:{order.pk}")
