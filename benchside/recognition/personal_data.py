"""What this room keeps of people, part by part."""

from benchside.recognition.bringing import personal_data as bringing
from benchside.recognition.cpd import personal_data as cpd
from benchside.recognition.credentials import personal_data as credentials
from benchside.recognition.entries import personal_data as entries
from benchside.recognition.marks import personal_data as marks
from benchside.recognition.nominations import personal_data as nominations
from benchside.recognition.registers import personal_data as registers
from benchside.recognition.registry import personal_data as registry

__all__ = [
    "bringing",
    "cpd",
    "credentials",
    "entries",
    "marks",
    "nominations",
    "registers",
    "registry",
]
