"""What is seen: stories, credit, campaigns and their days, photographs."""

from benchside.visibility.models.campaigns import Campaign, CampaignDay, Pledge
from benchside.visibility.models.contributions import (
    Contribution,
    ContributionRole,
    CreditLetter,
)
from benchside.visibility.models.outputs import Output
from benchside.visibility.models.photos import Photo
from benchside.visibility.models.stories import Story

__all__ = [
    "Campaign",
    "CampaignDay",
    "Contribution",
    "ContributionRole",
    "CreditLetter",
    "Output",
    "Photo",
    "Pledge",
    "Story",
]
