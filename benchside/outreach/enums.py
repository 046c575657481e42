"""States and choices of outreach."""

from django.db import models


class ItemKind(models.TextChoices):
    STICKERS = "stickers", "Sticker sheet"
    POSTER = "poster", "Poster"
    BADGE = "badge", "Badge"


class OrderState(models.TextChoices):
    PLACED = "placed", "Waiting for a yes by e-mail"
    CONFIRMED = "confirmed", "To be packed"
    PACKED = "packed", "Packed"
    SENT = "sent", "Sent"
    RETURNED = "returned", "Came back to us"
    CANCELLED = "cancelled", "Cancelled"
    REFUSED = "refused", "Not sent"


# While an order is in one of these, a parcel may still go out, so its address is kept.
OPEN_ORDERS = (OrderState.PLACED, OrderState.CONFIRMED, OrderState.PACKED)
# Packs of these are promised: they are held back in the stock.
PROMISED = (OrderState.CONFIRMED, OrderState.PACKED)


class StockMove(models.TextChoices):
    """What a line of the ledger stands for."""

    RECEIVED = "received", "Received"
    RESERVED = "reserved", "Promised to a school"
    RELEASED = "released", "No longer promised"
    SENT = "sent", "Sent"
    RETURNED = "returned", "Came back"
    CORRECTED = "corrected", "Counted again"


class Phase(models.TextChoices):
    PRIMARY = "primary", "Primary school"
    SECONDARY = "secondary", "Secondary school"
    COLLEGE = "college", "Sixth form or college"
    SPECIAL = "special", "Special school or alternative provision"
    OTHER = "other", "Club, library or other group"


class RefusalReason(models.TextChoices):
    """Why the desk sends nothing; the mail says it in a sentence of its own."""

    NOT_A_SCHOOL = "not-a-school", "Not a school, college or club"
    ADDRESS = "address", "The post cannot find the address"
    USED_UP = "used-up", "There is nothing left to send"
    TWICE = "twice", "The school has this order already"
    OTHER = "other", "Another reason"
