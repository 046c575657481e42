"""States and choices of accounts."""

from django.db import models


class InvitationState(models.TextChoices):
    OPEN = "open", "Open"
    ACCEPTED = "accepted", "Accepted"
    REVOKED = "revoked", "Withdrawn"
    DECLINED = "declined", "Declined"


class Purpose(models.TextChoices):
    """What an invitation opens: an account, or an account and a place at the desk, or
    an account and a role in the house of another room (`offers.py`)."""

    ACCOUNT = "account", "an account"
    EDITOR = "editor", "an account, and the editors' desk as an editor"
    MODERATOR = "moderator", "an account, and the editors' desk as a moderator"
    ROLE = "role", "a role in an organisation"
    CLAIM = "claim", "a record as a technician"
    JUDGE = "judge", "a place among the judges of a competition"


# What rooms above offer beside an account: only they send it, show it and take it back.
OF_A_ROOM = (Purpose.ROLE, Purpose.CLAIM, Purpose.JUDGE)
# The desk makes these groups and says what they may do; accounts only puts people in.
GROUPS = {Purpose.EDITOR: "Editors", Purpose.MODERATOR: "Moderators"}
