"""What is seen: stories, campaigns and their days, photographs."""

from benchside.visibility.models.campaigns import (
    Campaign,
    CampaignDay,
    KitCount,
    Pledge,
    PledgeMail,
)
from benchside.visibility.models.partners import Partner, Partnership
from benchside.visibility.models.photos import Photo
from benchside.visibility.models.stories import Story

__all__ = [
    "Campaign",
    "CampaignDay",
    "KitCount",
    "Partner",
    "Partnership",
    "Photo",
    "Pledge",
    "PledgeMail",
    "Story",
]
