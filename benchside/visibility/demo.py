"""The campaign team of the demonstration, and what its parts have to show."""

from django.db import transaction

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import User
from benchside.visibility.campaigns import demo as campaigns
from benchside.visibility.contests import demo as contests
from benchside.visibility.credit import demo as credit
from benchside.visibility.exhibitions import demo as exhibitions
from benchside.visibility.photos import demo as photos
from benchside.visibility.stories import demo as stories

PEOPLE = [
    Made("campaigner", "Cara Made-Up (campaign team)", group="Campaign team"),
    Made("second-moderator", "Moll Made-Up (second moderator)", group="Moderators"),
    Made("judge", "Judy Made-Up (judge of a competition)"),
]
# In this order: photographs belong to campaigns, and exhibitions are made of both.
PARTS = (campaigns, stories, credit, photos, contests, exhibitions)


@transaction.atomic
def create_seen(*, password: str | None) -> list[User]:
    """Make the people and what they have to show, once; returns the people."""
    people = accounts.create_people(password=password, people=PEOPLE)
    for part in PARTS:
        part.create()
    return people
