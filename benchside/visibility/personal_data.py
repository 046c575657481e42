"""What of the room is personal: each part says so of its own models."""

from benchside.visibility.campaigns import personal_data as campaigns
from benchside.visibility.contests import personal_data as contests
from benchside.visibility.credit import personal_data as credit
from benchside.visibility.exhibitions import personal_data as exhibitions
from benchside.visibility.photos import personal_data as photos
from benchside.visibility.stories import personal_data as stories

__all__ = ["campaigns", "contests", "credit", "exhibitions", "photos", "stories"]
