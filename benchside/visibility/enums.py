"""States and choices of what is seen."""

from django.db import models


class NameMode(models.TextChoices):
    """How much of a name a story shows."""

    FULL = "full", "First name and surname"
    FIRST = "first", "First name only"
    EMPLOYER = "employer", "No name: only where I work"


class StoryState(models.TextChoices):
    DRAFT = "draft", "Being written"
    SENT = "sent", "Sent in"
    ASKED = "asked", "Waiting for an answer"
    TO_AGREE = "to-agree", "Waiting for their yes to the words"
    AGREED = "agreed", "Words agreed"
    PUBLISHED = "published", "Published"
    REFUSED = "refused", "Not used"
    WITHDRAWN = "withdrawn", "Withdrawn"


class CampaignState(models.TextChoices):
    DRAFT = "draft", "Being prepared"
    OPEN = "open", "Open"
    OVER = "over", "Over"


class PledgeState(models.TextChoices):
    MADE = "made", "Waiting for the link in the mail"
    CONFIRMED = "confirmed", "Confirmed"
    LEFT = "left", "Left"


class PhotoState(models.TextChoices):
    RECEIVED = "received", "Received"
    QUEUED = "queued", "Waiting to be looked at"
    ASKED = "asked", "Waiting for an answer"
    ONCE_APPROVED = "once-approved", "Waiting for a second person"
    APPROVED = "approved", "On the wall"
    HIDDEN = "hidden", "Hidden while we look again"
    REFUSED = "refused", "Not used"
    WITHDRAWN = "withdrawn", "Withdrawn"


class InPicture(models.TextChoices):
    """Who can be recognised in a photograph, as the sender says."""

    NOBODY = "nobody", "Nobody can be recognised"
    AGREED = "agreed", "Only adults, and they have agreed"
    CHILD = "child", "A child may be seen"


class RefusedFor(models.TextChoices):
    """Why a photograph is not used; the sender is told in kinder words."""

    CONSENT = "consent", "Somebody in it has not agreed"
    CHILD = "child", "A child can be recognised"
    DATA = "data", "Private details can be read in it"
    SAFETY = "safety", "It shows unsafe work"
    SUBJECT = "subject", "It does not show technicians or their work"
    QUALITY = "quality", "It is too dark, blurred or small"
    TWICE = "twice", "We have this one already"
    RIGHTS = "rights", "It is somebody else’s picture"
    OTHER = "other", "Another reason"


class HiddenFor(models.TextChoices):
    """Why a photograph was taken off the wall until somebody has looked again."""

    MODERATOR = "moderator", "A moderator took it off"
    REPORTS = "reports", "Visitors reported it"
    CHILD = "child", "A child may be seen after all"
