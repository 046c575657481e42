"""States and choices of declarations and audits of CPD."""

from django.db import models


class RunState(models.TextChoices):
    FROZEN = "frozen", "Population fixed"
    DRAWN = "drawn", "Sample drawn"
    ANNOUNCED = "announced", "Letters sent"
    ABANDONED = "abandoned", "Given up"


class CaseState(models.TextChoices):
    SELECTED = "selected", "Drawn"
    NOTIFIED = "notified", "Asked"
    TIME_ASKED = "time-asked", "Asks for more time"
    DEFERRED = "deferred", "Has more time"
    SUBMITTED = "submitted", "To be read"
    RESUBMIT = "resubmit", "Asked again"
    DOUBTED = "doubted", "Waits for a second look"
    ACCEPTED = "accepted", "Accepted"
    FAILED = "failed", "Not met"
    SILENT = "silent", "Not answered"
    COMMITTEE = "committee", "With the committee"
    SUSPENDED = "suspended", "Suspended"
    REMOVED = "removed", "Removed"
    CLOSED = "closed", "Left the register"


WAITING = (CaseState.NOTIFIED, CaseState.TIME_ASKED, CaseState.DEFERRED, CaseState.RESUBMIT)
ANSWERABLE = (*WAITING, CaseState.SILENT, CaseState.COMMITTEE, CaseState.SUSPENDED)
# What is only asked ends when they leave; an answer, silence, or what was found of it stays.
ASKED = (CaseState.SELECTED, *WAITING)
TO_READ = (CaseState.SUBMITTED, CaseState.DOUBTED)
OVER = (CaseState.ACCEPTED, CaseState.REMOVED, CaseState.CLOSED)
# Silence of one run is answered by the next one: it is no reason to leave somebody out.
SETTLED = (*OVER, CaseState.SILENT)


def told_state(state: str) -> str:
    """What the person is told of a state: that somebody doubts it only once another has looked."""
    shown = CaseState.SUBMITTED if state == CaseState.DOUBTED else CaseState(state)
    return str(shown.label)


class LetterKind(models.TextChoices):
    NOTIFIED = "notified", "You were drawn"
    TWO_WEEKS = "two-weeks", "Two weeks left"
    THREE_DAYS = "three-days", "Three days left"
    DAY_AFTER = "day-after", "The day after"
    TIME_GIVEN = "time-given", "More time is given"
    TIME_REFUSED = "time-refused", "No more time"
    SILENT = "silent", "Nothing came"
    RECEIVED = "received", "Received"
    ASKED_AGAIN = "asked-again", "Something is missing"
    ACCEPTED = "accepted", "Accepted"
    COMMITTEE = "committee", "With the committee"
    LAST_CHANCE = "last-chance", "A last chance"
    SUSPENDED = "suspended", "Suspended"
    REMOVED = "removed", "Removed"


class StandardKey(models.TextChoices):
    """What each year's CPD is read against; points only where a rule counts them."""

    RECORD = "record", "A record that is kept up, with what was learned"
    MIX = "mix", "Different kinds of CPD"
    PRACTICE = "practice", "It made the work better"
    USERS = "users", "It helped those the work is for"
    POINTS = "points", "Enough points"


class Stratum(models.TextChoices):
    """By what a sample may be divided."""

    BODY = "body", "The body they came through"
    ROUTE = "route", "The route they took"
    YEARS = "years", "Years on the register"
