"""The people who run the made-up mark and register of the demonstration, and what is in hand."""

from django.db import transaction

from benchside.accounts import demo as accounts
from benchside.accounts.demo import Made
from benchside.accounts.models import User
from benchside.people.cpd.demo import keep_a_log
from benchside.recognition.bringing import demo as bringing
from benchside.recognition.cpd import demo as cpd
from benchside.recognition.credentials import demo as credentials
from benchside.recognition.entries import demo as entries
from benchside.recognition.marks import demo as marks
from benchside.recognition.nominations import demo as nominations
from benchside.recognition.registers import demo as registers
from benchside.recognition.registry import demo as registry

PEOPLE = [
    Made("headteacher", "Hedda Made-Up (headteacher)"),
    Made("mark-assessor", "Max Made-Up (assesses for a mark)"),
    Made("second-assessor", "Ana Made-Up (second assessor)"),
    Made("mark-officer", "Marge Made-Up (runs a mark)", group="Mark officers"),
    Made("registrar", "Reg Made-Up (runs a register)", group="Registrars"),
    Made("register-assessor", "Asa Made-Up (assesses for a register)"),
    Made("other-register-assessor", "Olu Made-Up (second assessor of a register)"),
    Made("third-register-assessor", "Tam Made-Up (third assessor of a register)"),
    Made("body-ratifier", "Bodi Made-Up (ratifies for a professional body)"),
    Made("other-body-ratifier", "Hera Made-Up (second who ratifies for the same body)"),
    Made("registered", "Regina Made-Up (registered technician)"),
    Made("asked", "Abel Made-Up (asked to show his CPD)"),
    Made("drawn", "Dora Made-Up (has shown her CPD)"),
    Made("candidate", "Candy Made-Up (applies to a register)"),
]
PARTS = (marks, registers, entries, registry, bringing, cpd, credentials, nominations)


@transaction.atomic
def create_marks(*, password: str | None) -> list[User]:
    """Make the people and what they have in hand, once; returns the people."""
    people = accounts.create_people(password=password, people=PEOPLE)
    keep_a_log(next(one for one in people if one.email.startswith("registered@")))
    for part in PARTS:
        part.create()
    return people
