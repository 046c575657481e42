"""States and choices of competitions."""

from django.db import models


class CompetitionState(models.TextChoices):
    """What the team has done with it. When entries open and close, and when winners may be told,
    the clock says: see `Competition.phase`."""

    DRAFT = "draft", "Being prepared"
    PUBLISHED = "published", "Published"
    SHORTLISTING = "shortlisting", "Being shortlisted"
    JUDGING = "judging", "With the judges"
    MEETING = "meeting", "At the meeting"
    DECIDED = "decided", "Decided"
    CANCELLED = "cancelled", "Called off"


class Phase(models.TextChoices):
    """What a visitor is told: state and clock together."""

    HIDDEN = "hidden", "Not published"
    SOON = "soon", "Opens soon"
    OPEN = "open", "Open for entries"
    JUDGED = "judged", "Closed, being judged"
    WON = "won", "Winners are out"
    OFF = "off", "Called off"


class EntryState(models.TextChoices):
    RECEIVED = "received", "Received"
    SHORTLISTED = "shortlisted", "On the shortlist"
    PASSED = "passed", "Not on the shortlist"
    DISQUALIFIED = "disqualified", "Out of the competition"
    WITHDRAWN = "withdrawn", "Withdrawn"


# Those that count: towards a limit, and in every figure.
IN_THE_RUNNING = (EntryState.RECEIVED, EntryState.SHORTLISTED, EntryState.PASSED)


class OutFor(models.TextChoices):
    """Why the team takes an entry out; the sender is told in these words."""

    TERMS = "terms", "It does not keep to the terms"
    OTHERS_WORK = "others", "It is somebody else’s work"
    PICTURE = "picture", "Its picture cannot be used"
    TWICE = "twice", "It was sent in twice"


class JudgeState(models.TextChoices):
    INVITED = "invited", "Invited"
    ACCEPTED = "accepted", "Has to say who they know"
    DECLARED = "declared", "Judging"
    SUBMITTED = "submitted", "Handed in"
    STOOD_DOWN = "stood-down", "Stood down"


JUDGING = (JudgeState.ACCEPTED, JudgeState.DECLARED, JudgeState.SUBMITTED)
