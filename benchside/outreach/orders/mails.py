"""Letters about an order. None of them holds the postal address."""

from collections.abc import Iterable

from benchside.core import mail
from benchside.outreach.models import Order, OrderLine
from benchside.outreach.orders import links


def placed(order: Order) -> None:
    _send("order_placed", order)


def confirmed(order: Order) -> None:
    _send("order_confirmed", order)


def sent(order: Order, parcel: Iterable[tuple[OrderLine, int]], *, rest: str = "") -> None:
    """`parcel` is what is in it now; `rest` is "follows", "dropped" or nothing."""
    lines = [{"title": line.item.title, "packs": packs} for line, packs in parcel]
    _send("order_sent", order, lines=lines, follows=rest == "follows", dropped=rest == "dropped")


def cancelled(order: Order) -> None:
    _send("order_cancelled", order)


def refused(order: Order) -> None:
    _send("order_refused", order, reason=order.refusal)


def returned(order: Order) -> None:
    _send("order_returned", order)


def _send(name: str, order: Order, **more: object) -> None:
    """To whoever ordered, while it is known who that was."""
    if not order.email or order.key is None:
        return
    context = {
        "number": order.number,
        "school": order.school_name,
        "name": order.contact_name,
        "lines": [
            {"title": line.item.title, "packs": line.packs}
            for line in order.lines.select_related("item")
        ],
        "link": links.address_of(order),
        **more,
    }
    mail.send(f"outreach/{name}", order.email, context)
