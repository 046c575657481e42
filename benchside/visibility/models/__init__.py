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

__all__ = [
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
