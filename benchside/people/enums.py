"""Choices of people."""

from django.db import models


class Audience(models.IntegerChoices):
    """To whom somebody shows a part of their profile; each takes in those before it."""

    NOBODY = 0, "Nobody"
    ORGANISATION = 1, "My organisation"
    EVERYONE = 2, "Everyone"
