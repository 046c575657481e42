"""What is seen: stories, credit, campaigns and their days, photographs."""

from benchside.visibility.models.campaigns import (
    Campaign,
    CampaignDay,
    KitCount,
    Pledge,
    PledgeMail,
)
from benchside.visibility.models.contributions import (
    Contribution,
    ContributionRole,
    CreditLetter,
)
from benchside.visibility.models.outputs import Output
from benchside.visibility.models.partners import Partner, Partnership
from benchside.visibility.models.photos import LikenessMark, Photo
"""What is seen: stories, campaigns and their days, photographs, competitions, exhibitions."""

from benchside.visibility.models.campaigns import Campaign, CampaignDay, Pledge
from benchside.visibility.models.competitions import (
    AgeGroup,
    Category,
    Competition,
    Criterion,
    Terms,
)
from benchside.visibility.models.entries import Entry, Prize
from benchside.visibility.models.exhibitions import Exhibition, Panel, Stop, VisitorCount
from benchside.visibility.models.judging import Conflict, Judge, Score
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
    "Contribution",
    "ContributionRole",
    "CreditLetter",
    "KitCount",
    "Output",
    "Partner",
    "Partnership",
    "Photo",
    "Pledge",
    "PledgeMail",
    "Story",
    "StoryFilm",
    "StoryGender",
    "StoryIndexPage",
    "StoryLink",
    "StoryMessage",
    "StoryPage",
    "StoryPicture",
]
__all__ = ["Campaign", "CampaignDay", "LikenessMark", "Photo", "Pledge", "Story"]
    "AgeGroup",
    "Campaign",
    "CampaignDay",
    "Category",
    "Competition",
    "Conflict",
    "Criterion",
    "Entry",
    "Exhibition",
    "Judge",
    "Panel",
    "Photo",
    "Pledge",
    "Prize",
    "Score",
    "Stop",
    "Story",
    "Terms",
    "VisitorCount",
]
