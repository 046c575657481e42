"""Choices of people."""

from django.db import models


class Audience(models.IntegerChoices):
    """To whom somebody shows a part of their profile; each takes in those before it."""

    NOBODY = 0, "Nobody"
    ORGANISATION = 1, "My organisation"
    EVERYONE = 2, "Everyone"


class ClaimAnswer(models.TextChoices):
    """Why somebody who was asked to claim a record said no."""

    NOT_ME = "not-me", "This is not me"
    LEAVE_OUT = "leave-out", "It is me, but leave me out"


class Covers(models.TextChoices):
    """What a consent to be shown is a yes to."""

    WORDS = "words", "Words"
    PICTURE = "picture", "A picture"
    FILM = "film", "A film"


class ConsentBy(models.TextChoices):
    """Who said yes. For somebody under 18 both do."""

    THEMSELVES = "self", "The person"
    PARENT = "parent", "A parent or carer"


class CpdCategory(models.TextChoices):
    """The five kinds of learning that registers tell apart."""

    WORK = "work", "Work-based"
    PROFESSIONAL = "professional", "Professional activity"
    FORMAL = "formal", "Formal or educational"
    SELF = "self", "Self-directed"
    OTHER = "other", "Other"
