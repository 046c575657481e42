"""What is seen: stories, campaigns and their days, photographs."""

from benchside.visibility.models.campaigns import Campaign, CampaignDay, Pledge
from benchside.visibility.models.photos import LikenessMark, Photo
from benchside.visibility.models.stories import Story

__all__ = ["Campaign", "CampaignDay", "LikenessMark", "Photo", "Pledge", "Story"]
