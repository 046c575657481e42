"""What this room offers the others, registered at start-up."""

from benchside.recognition.marks import registrations as marks


def register() -> None:
    for part in (marks,):
        part.register()
