"""What this room offers the others, registered at start-up."""

from benchside.impact.bringing import registrations as bringing
from benchside.impact.charters import registrations as charters
from benchside.impact.lineage import registrations as lineage
from benchside.impact.plans import registrations as plans
from benchside.impact.published import registrations as published
from benchside.impact.voice import registrations as voice


def register() -> None:
    for part in (charters, plans, lineage, bringing, published, voice):
        part.register()
