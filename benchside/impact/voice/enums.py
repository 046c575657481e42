"""States and choices of technicians' words."""

from django.db import models


class SuggestionState(models.TextChoices):
    """What became of a technician's suggestion."""

    WAITING = "waiting", "Waiting for an answer"
    TAKEN = "taken", "Taken into the plan"
    ALREADY = "already", "Already in the plan"
    DECLINED = "declined", "Answered: not now"
    WITHDRAWN = "withdrawn", "Taken back"


class Feeling(models.TextChoices):
    """What a technician thinks of an action."""

    MATTERS = "matters", "This matters to me"
    NOT_MINE = "not-mine", "This is not for me"
