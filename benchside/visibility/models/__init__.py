"""What is seen: stories, credit, campaigns and their days, photographs."""

from benchside.visibility.models.campaigns import (
    Campaign,
    CampaignDay,
    KitCount,
    Pledge,
    PledgeMail,
)
from benchside.visibility.models.competitions import (
    AgeGroup,
    Category,
    Competition,
    Criterion,
    Terms,
)
from benchside.visibility.models.contributions import Contribution, ContributionRole, CreditLetter
from benchside.visibility.models.entries import Entry, Prize
from benchside.visibility.models.exhibitions import Exhibition, Panel, Stop, VisitorCount
from benchside.visibility.models.judging import Conflict, Judge, Score
from benchside.visibility.models.outputs import Output
from benchside.visibility.models.partners import Partner, Partnership
from benchside.visibility.models.photos import LikenessMark, Photo
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
    "AgeGroup",
    "Campaign",
    "CampaignDay",
    "Category",
    "Competition",
    "Conflict",
    "Contribution",
    "ContributionRole",
    "CreditLetter",
    "Criterion",
    "Entry",
    "Exhibition",
    "Judge",
    "KitCount",
    "LikenessMark",
    "Output",
    "Panel",
    "Partner",
    "Partnership",
    "Photo",
    "Pledge",
    "PledgeMail",
    "Prize",
    "Score",
    "Stop",
    "Story",
    "StoryFilm",
    "StoryGender",
    "StoryIndexPage",
    "StoryLink",
    "StoryMessage",
    "StoryPage",
    "StoryPicture",
    "Terms",
    "VisitorCount",
]
