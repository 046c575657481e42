"""Choices of the catalogue, with named groups."""

from django.db import models


class Hands(models.TextChoices):
    HANDS = "hands", "With your hands"
    SCREEN = "screen", "On a screen"
    BOTH = "both", "Hands and screen"


class Indoors(models.TextChoices):
    INDOORS = "indoors", "Indoors"
    OUTDOORS = "outdoors", "Outdoors"
    BOTH = "both", "Indoors and out"


class People(models.TextChoices):
    PEOPLE = "people", "With people"
    QUIET = "quiet", "Quietly"
    BOTH = "both", "Some of each"


class Place(models.TextChoices):
    ONE_PLACE = "one-place", "In one place"
    TRAVEL = "travel", "Out and about"
    BOTH = "both", "Some of each"


class RouteKind(models.TextChoices):
    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    T_LEVEL = "t-level", "T Level"
    HIGHER = "higher", "Higher apprenticeship"


class Nation(models.TextChoices):
    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"
