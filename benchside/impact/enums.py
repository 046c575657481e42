"""States and choices of charters and action plans."""

from django.db import models


class Area(models.TextChoices):
    """The five areas of the Commitment; a charter may give them other titles."""

    VISIBILITY = "visibility", "Visibility"
    RECOGNITION = "recognition", "Recognition"
    CAREERS = "careers", "Career development"
    SUSTAINABILITY = "sustainability", "Sustainability"
    IMPACT = "impact", "Evaluating impact"


LETTERS = {
    Area.VISIBILITY: "V",
    Area.RECOGNITION: "R",
    Area.CAREERS: "C",
    Area.SUSTAINABILITY: "S",
    Area.IMPACT: "I",
}  # what an action's code begins with: V-012


class Part(models.TextChoices):
    """What an organisation is to a charter."""

    SIGNATORY = "signatory", "Signatory"
    SUPPORTER = "supporter", "Supporter"


class SignatoryState(models.TextChoices):
    SIGNING = "signing", "Being signed"
    SIGNED = "signed", "Signed, waiting for an answer"
    ACCEPTED = "accepted", "Accepted, to be announced"
    ANNOUNCED = "announced", "Announced"
    DECLINED = "declined", "Not accepted"
    TAKEN_BACK = "taken-back", "Taken back"
    LEFT = "left", "Left"


class PlanState(models.TextChoices):
    DRAFT = "draft", "Being written"
    AGREED = "agreed", "Agreed"
    CLOSED = "closed", "Closed"


class ActionState(models.TextChoices):
    PROPOSED = "proposed", "Proposed"
    AGREED = "agreed", "Agreed"
    IN_PROGRESS = "in-progress", "In progress"
    COMPLETE = "complete", "Complete"
    EMBEDDED = "embedded", "Embedded"
    REVISED = "revised", "Revised"
    STOPPED = "stopped", "Stopped"


class Delivery(models.TextChoices):
    """How delivery goes, beside the state: Blue, Green, Amber, Red."""

    UNKNOWN = "", "Not said"
    BLUE = "blue", "Complete"
    GREEN = "green", "On track"
    AMBER = "amber", "At risk"
    RED = "red", "Off track"


class Origin(models.TextChoices):
    """Where an action came from."""

    LEAD = "lead", "Written by the lead"
    SURVEY = "survey", "A survey"
    REVIEW = "review", "A review"
    VOICE = "voice", "A technician"
    IMPORT = "import", "An earlier document"
    EARLIER = "earlier", "An earlier plan"
    PROPOSAL = "proposal", "Another part of Benchside"


class Carried(models.TextChoices):
    """What became of an action of the plan before."""

    CONTINUED = "continued", "Continued"
    EXTENDED = "extended", "Extended"
    NARROWED = "narrowed", "Narrowed"
    REVISED = "revised", "Revised"
    STOPPED = "stopped", "Stopped"


class FileState(models.TextChoices):
    """A file that holds a plan."""

    OPEN = "open", "Being looked over"
    BROUGHT = "brought", "Brought in"
    UNDONE = "undone", "Taken back"
    LEFT = "left", "Left"


class ReminderKind(models.TextChoices):
    """Why somebody was reminded of an action."""

    SOON = "soon", "Due soon"
    LATE = "late", "Late"
    MONTH = "month", "Nothing said for a month"
