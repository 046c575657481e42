"""States and choices of a registrar's desk."""

from django.db import models


class ProposalState(models.TextChoices):
    OPEN = "open", "Waits for a second person"
    DONE = "done", "Done"
    REFUSED = "refused", "The second person said no"
    WITHDRAWN = "withdrawn", "Taken back"
    OVERTAKEN = "overtaken", "Overtaken by another change"


class RequestState(models.TextChoices):
    ASKED = "asked", "Waits for the registrar"
    AGREED = "agreed", "Waits for the fee"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Not granted"
    WITHDRAWN = "withdrawn", "Taken back"
    UNPAID = "unpaid", "Closed unpaid"


class ConductState(models.TextChoices):
    RECEIVED = "received", "Received"
    LOOKED_INTO = "looked-into", "Being looked into"
    NO_CASE = "no-case", "No case to answer"
    CASE = "case", "There is a case"
    INTERIM = "interim", "Suspended meanwhile"
    HEARING = "hearing", "To be heard"
    PROPOSED = "proposed", "Waits for a second person"
    DECIDED = "decided", "Decided"
    APPEALED = "appealed", "Under appeal"
    OVERTURNED = "overturned", "Overturned on appeal"
    CLOSED = "closed", "Closed"


class Sex(models.TextChoices):
    FEMALE = "female", "Female"
    MALE = "male", "Male"
    UNSAID = "unsaid", "Prefer not to say"


class AgeBand(models.TextChoices):
    UNDER_25 = "under-25", "Under 25"
    UNDER_35 = "25-34", "25 to 34"
    UNDER_45 = "35-44", "35 to 44"
    UNDER_55 = "45-54", "45 to 54"
    OLDER = "55-up", "55 or over"
    UNSAID = "unsaid", "Prefer not to say"


class Ethnicity(models.TextChoices):
    """The five groups of the census of England and Wales of 2021."""

    ASIAN = "asian", "Asian or Asian British"
    BLACK = "black", "Black, Black British, Caribbean or African"
    MIXED = "mixed", "Mixed or multiple ethnic groups"
    WHITE = "white", "White"
    OTHER = "other", "Other ethnic group"
    UNSAID = "unsaid", "Prefer not to say"


class Disability(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNSAID = "unsaid", "Prefer not to say"
