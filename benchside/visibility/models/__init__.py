"""What is seen: stories, campaigns and their days, photographs."""

from benchside.visibility.models.campaigns import Campaign, CampaignDay, Pledge
from benchside.visibility.models.photos import Photo
from benchside.visibility.models.stories import Story
from benchside.visibility.models.story_pages import StoryIndexPage, StoryPage
from benchside.visibility.models.story_parts import (
    StoryFilm,
    StoryGender,
    StoryLink,
    StoryMessage,
    StoryPicture,
)

__all__ = [
    "Campaign",
    "CampaignDay",
    "Photo",
    "Pledge",
    "Story",
    "StoryFilm",
    "StoryGender",
    "StoryIndexPage",
    "StoryLink",
    "StoryMessage",
    "StoryPage",
    "StoryPicture",
]
