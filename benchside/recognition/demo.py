"""The people who run the made-up mark of the demonstration, and applications for it."""

from django.db import transaction

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import User
from benchside.recognition.marks import demo as marks

PEOPLE = [
    Made("headteacher", "Hedda Made-Up (headteacher)"),
    Made("mark-assessor", "Max Made-Up (assesses for a mark)"),
    Made("second-assessor", "Ana Made-Up (second assessor)"),
    Made("mark-officer", "Marge Made-Up (runs a mark)", group="Mark officers"),
]
PARTS = (marks,)


@transaction.atomic
def create_marks(*, password: str | None) -> list[User]:
    """Make the people and what they have in hand, once; returns the people."""
    people = accounts.create_people(password=password, people=PEOPLE)
    for part in PARTS:
        part.create()
    return people
