"""States and choices of accounts."""

from django.db import models


class InvitationState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    REVOKED = "revoked", "Withdrawn"


class Purpose(models.TextChoices):
    """What an invitation opens: an account, or an account and a place at the desk."""

    ACCOUNT = "account", "an account"
    EDITOR = "editor", "an account, and the editors' desk as an editor"
    MODERATOR = "moderator", "an account, and the editors' desk as a moderator"


# The desk makes these groups and says what they may do; accounts only puts people in.
GROUPS = {Purpose.EDITOR: "Editors", Purpose.MODERATOR: "Moderators"}
