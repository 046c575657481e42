"""What is forgotten by the clock."""

from benchside.core.actions import Actor, acting
from benchside.outreach.models import Order
from benchside.outreach.orders import rules

NOBODY = {"contact_name": "", "email": "", "key": None, "once": None}


def forget_contact(*, actor: Actor, order: Order) -> None:
    """Blank who ordered, long enough after the end; from then on its link is dead."""
    with acting("order.forget_contact", actor=actor, subject=order, may=rules.can_forget):
        Order.objects.filter(pk=order.pk).update(**NOBODY)


def forget_order(*, actor: Actor, order: Order) -> None:
    """Delete an order with its lines: one nobody said yes to, or one of years ago. The audit
    keeps that there was one, by number; the ledger keeps what went out."""
    with acting("order.forget", actor=actor, subject=order, may=rules.can_forget) as act:
        number = order.pk
        order.delete()
        order.pk = number
        act.about(order)
