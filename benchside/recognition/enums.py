"""Choices of quality marks."""

from django.db import models


class Subject(models.TextChoices):
    """Where technicians of schools work."""

    SCIENCE = "science", "Science"
    DESIGN = "design", "Design and technology"
    COMPUTING = "computing", "ICT and computing"
    MUSIC = "music", "Music"
    FOOD = "food", "Food"
    DRAMA = "drama", "Drama and stage"
    ART = "art", "Art and photography"
    OTHER = "other", "Other"
