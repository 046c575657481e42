"""States and choices of the website's records."""

from django.db import models


class ConcernKind(models.TextChoices):
    PAGE = "page", "Something on the page"
    PICTURE = "picture", "A picture or a drawing"
    PEOPLE = "people", "How someone was treated"
    OTHER = "other", "Something else"


class ConcernState(models.TextChoices):
    RECEIVED = "received", "New"
    SEEN = "seen", "Being looked at"
    ANSWERED = "answered", "Answered"
    CLOSED = "closed", "Closed"
