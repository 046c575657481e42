"""Choices of quality marks and of registers."""

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


class LicenceScope(models.TextChoices):
    FULL = "full", "Full"
    DEVELOPMENT = "development", "Development: the keeper of the register assesses"


class FeeKind(models.TextChoices):
    APPLICATION = "application", "Application"
    YEAR = "year", "Year on the register"
    INTERVIEW = "interview", "Interview"
    REINSTATEMENT = "reinstate", "Coming back"


class FeeState(models.TextChoices):
    DUE = "due", "Due"
    INVOICED = "invoiced", "Invoiced"
    PAID = "paid", "Paid"
    WAIVED = "waived", "Waived"


class InterviewOutcome(models.TextChoices):
    MET = "met", "Meets what was asked"
    NOT_MET = "not-met", "Does not meet it"


class NominationState(models.TextChoices):
    ASKED = "asked", "The nominee has not answered yet"
    # Somebody else was quicker, which is for nobody to learn: it reads as if they had been asked.
    BESIDE = "beside", "The nominee has not answered yet"
    AGREED = "agreed", "The nominee said yes"
    DECLINED = "declined", "The nominee said no"
    WITHDRAWN = "withdrawn", "Taken back"
    LAPSED = "lapsed", "Not answered in time"
    SHORTLISTED = "shortlisted", "On the shortlist"
    WON = "won", "Won"
    NOT_CHOSEN = "not-chosen", "Not chosen this time"


class CredentialState(models.TextChoices):
    WAITING = "waiting", "Being made"
    LIVE = "live", "In use"
    REVOKED = "revoked", "No longer valid"


class WhyRevoked(models.TextChoices):
    REPLACED = "replaced", "A newer one took its place"
    ENDED = "ended", "What it speaks of no longer stands"
    GIVEN_BACK = "given-back", "Its holder gave it back"
    KEY = "key", "The key it was signed with is no longer safe"
    ERASED = "erased", "Its holder's record was erased"


class WordState(models.TextChoices):
    """Of what an organisation says of a badge."""

    WAITING = "waiting", "Waits for a yes"
    SHOWN = "shown", "Shown beside the badge"
    DECLINED = "declined", "Not taken"
    TAKEN_BACK = "taken-back", "Taken back"


class WhyDeclined(models.TextChoices):
    UNTRUE = "untrue", "What it says is not so"
    UNKNOWN = "unknown", "You are not known to whoever it is about"
    ADVERT = "advert", "It speaks for you more than for the badge"
    UNWANTED = "unwanted", "No words are wanted beside it"


class AskedState(models.TextChoices):
    OPEN = "open", "Open"
    GRANTED = "granted", "Granted"
    REFUSED = "refused", "Refused"
