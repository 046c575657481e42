"""States and choices of the engine."""

from django.db import models


class Holder(models.TextChoices):
    PERSON = "person", "A person"
    ORGANISATION = "organisation", "An organisation"


class VersionState(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    PUBLISHED = "published", "Published"
    RETIRED = "retired", "No longer used"


class SubmissionState(models.TextChoices):
    DRAFT = "draft", "Being written"
    SUBMITTED = "submitted", "Sent in"
    RETURNED = "returned", "Sent back to be completed"
    IN_REVIEW = "in-review", "Being reviewed"
    MORE_ASKED = "more-asked", "More is asked for"
    REVIEWED = "reviewed", "Reviewed"
    RECOMMENDED = "recommended", "Waiting to be ratified"
    APPROVED = "approved", "Approved"
    DECLINED = "declined", "Not approved"
    APPEALED = "appealed", "Under appeal"
    WITHDRAWN = "withdrawn", "Withdrawn"
    EXPIRED = "expired", "Expired"


class DutyKind(models.TextChoices):
    """What somebody may do for a standard, beside writing and reviewing."""

    ASSIGN = "assign", "Checks, assigns reviewers, recommends"
    RATIFY = "ratify", "Ratifies decisions and hears appeals"
    KEEP = "keep", "Keeps awards"


class EvidenceKind(models.TextChoices):
    FILE = "file", "A file"
    LINK = "link", "A link"
    RECORD = "record", "A record kept here"


class SeatState(models.TextChoices):
    INVITED = "invited", "Asked"
    ACCEPTED = "accepted", "Reading"
    SUBMITTED = "submitted", "Done"
    DECLINED = "declined", "Said no"
    STOOD_DOWN = "stood-down", "Stood down"


class CommentKind(models.TextChoices):
    """What a reviewer tells the holder beside judgements."""

    COMMEND = "commend", "Well done"
    RECOMMEND = "recommend", "Recommended"


class DecisionOutcome(models.TextChoices):
    APPROVE = "approve", "Approve"
    CONDITIONS = "conditions", "Approve with conditions"
    DECLINE = "decline", "Do not approve"


class AppealState(models.TextChoices):
    OPEN = "open", "Open"
    UPHELD = "upheld", "Upheld"
    DISMISSED = "dismissed", "Dismissed"
    WITHDRAWN = "withdrawn", "Withdrawn"


class ChallengeState(models.TextChoices):
    OPEN = "open", "Open"
    ANSWERED = "answered", "Answered"
