"""The made-up charter of the demonstration, its people, and what its signatories do."""

from django.db import transaction

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import User
from benchside.impact.bringing import demo as bringing
from benchside.impact.charters import demo as charters
from benchside.impact.lineage import demo as lineage
from benchside.impact.plans import demo as plans
from benchside.impact.published import demo as published
from benchside.impact.voice import demo as voice

PEOPLE = [
    Made("officer", "Ofra Made-Up (charter officer)", group="Charter officers"),
    Made("reviewer", "Reva Made-Up (reviewer)"),
    Made("second-reviewer", "Rufus Made-Up (second reviewer)"),
    Made("ratifier", "Rita Made-Up (ratifies decisions)"),
]
# In this order: plans belong to a signatory's cycle, and all else to plans.
PARTS = (charters, plans, lineage, voice, bringing, published)


@transaction.atomic
def create_charter(*, password: str | None) -> list[User]:
    """Make the people and what they have in hand, once; returns the people."""
    people = accounts.create_people(password=password, people=PEOPLE)
    for part in PARTS:
        part.create()
    return people
