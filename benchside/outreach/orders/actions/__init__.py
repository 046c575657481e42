"""What can be done with orders and with the stock, each verb once."""

from benchside.outreach.orders.actions.forgetting import forget_contact, forget_order
from benchside.outreach.orders.actions.packing import (
    come_back,
    pack_order,
    refuse_order,
    send_order,
    unpack_order,
)
from benchside.outreach.orders.actions.placing import (
    cancel_order,
    change_order,
    confirm_order,
    place_order,
)
from benchside.outreach.orders.actions.stock import correct_stock, keep_item, receive_stock

__all__ = [
    "cancel_order",
    "change_order",
    "come_back",
    "confirm_order",
    "correct_stock",
    "forget_contact",
    "forget_order",
    "keep_item",
    "pack_order",
    "place_order",
    "receive_stock",
    "refuse_order",
    "send_order",
    "unpack_order",
]
