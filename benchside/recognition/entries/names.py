"""The names by which entries are looked up."""

from benchside.recognition.models import Entry


def index(entry: Entry) -> None:
    """Make an entry findable by its name, number and former names; called whenever one changes."""
