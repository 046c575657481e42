"""States and choices of exhibitions."""

from django.db import models


class ExhibitionState(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    OPEN = "open", "On tour"
    OVER = "over", "Over"


class PanelState(models.TextChoices):
    """What is to be done with a panel; whether it may still be printed, its source says."""

    HANGING = "hanging", "May hang"
    TAKE_DOWN = "take-down", "Take it down"
    GONE = "gone", "Taken down"


class StopState(models.TextChoices):
    PLANNED = "planned", "Planned"
    CANCELLED = "cancelled", "Called off"


class CountedBy(models.TextChoices):
    """Where a visitor figure comes from."""

    CLICKER = "clicker", "Counted at the door"
    GATE = "gate", "The venue’s gate"
    TICKETS = "tickets", "Tickets"
    BOOK = "book", "The visitors’ book"
    GUESS = "guess", "Somebody’s estimate"
