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
    """What a route is called where it is taken. An apprenticeship's own name goes by its level."""

    APPRENTICESHIP = "apprenticeship", "Apprenticeship"
    FOUNDATION = "foundation", "Foundation apprenticeship"
    HIGHER = "higher", "Higher apprenticeship"
    DEGREE = "degree", "Degree apprenticeship"
    T_LEVEL = "t-level", "T Level"
    V_LEVEL = "v-level", "V Level"
    HTQ = "htq", "Higher technical qualification"
    HIGHER_COURSE = "higher-course", "Other higher course"

    @classmethod
    def of_apprenticeship(cls, level: int | None) -> "RouteKind":
        """Higher from level 4, degree from level 6; a level nobody gives is a plain one."""
        if level is None or level < 4:
            return cls.APPRENTICESHIP
        return cls.HIGHER if level < 6 else cls.DEGREE


APPRENTICESHIPS = (
    RouteKind.APPRENTICESHIP,
    RouteKind.FOUNDATION,
    RouteKind.HIGHER,
    RouteKind.DEGREE,
)
FROM_18 = (RouteKind.HIGHER, RouteKind.DEGREE, RouteKind.HTQ, RouteKind.HIGHER_COURSE)


class RouteStatus(models.TextChoices):
    COMING = "coming", "Not open"
    OPEN = "open", "Open to new starters"
    RETIRED = "retired", "Closed to new starters"


class Nation(models.TextChoices):
    ENGLAND = "england", "England"
    SCOTLAND = "scotland", "Scotland"
    WALES = "wales", "Wales"
    NORTHERN_IRELAND = "northern-ireland", "Northern Ireland"


class Level(models.IntegerChoices):
    """Levels of qualifications in England, Wales and Northern Ireland, in a reader's terms."""

    TWO = 2, "Level 2 (like GCSEs)"
    THREE = 3, "Level 3 (like A levels)"
    FOUR = 4, "Level 4 (like the first year of a degree)"
    FIVE = 5, "Level 5 (like a foundation degree)"
    SIX = 6, "Level 6 (like a degree)"
    SEVEN = 7, "Level 7 (like a master's degree)"


class ClassState(models.TextChoices):
    OPEN = "open", "Open"
    CLOSED = "closed", "Closed"


class TallyKind(models.TextChoices):
    """What a class is counted by."""

    SECTOR = "sector", "Sector of a role among the six"
    ROLE = "role", "Role among the six"
