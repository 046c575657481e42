"""What this room offers the others, registered at start-up."""

from benchside.recognition.bringing import registrations as bringing
from benchside.recognition.cpd import registrations as cpd
from benchside.recognition.credentials import registrations as credentials
from benchside.recognition.entries import registrations as entries
from benchside.recognition.marks import registrations as marks
from benchside.recognition.nominations import registrations as nominations
from benchside.recognition.registers import registrations as registers
from benchside.recognition.registry import registrations as registry


def register() -> None:
    for part in (marks, registers, entries, registry, bringing, cpd, credentials, nominations):
        part.register()
