"""Times as credentials write them: XML Schema's dateTime with a zone, whole seconds, in UTC."""

import re
from datetime import UTC, datetime

SHAPE = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:\.[0-9]{1,9})?"
    r"(?:Z|[+-][0-9]{2}:[0-9]{2})"
)

EARLIEST = 1900  # before, zones differ by seconds, and nobody was given a badge


def stamp(moment: datetime) -> str:
    """`2026-11-26T17:00:00Z`. Raises ValueError for a time without a zone: it says two things."""
    if moment.tzinfo is None:
        raise ValueError("A time in a credential needs its zone.")
    return moment.astimezone(UTC).replace(microsecond=0, tzinfo=None).isoformat() + "Z"


def read_stamp(text: object) -> datetime | None:
    """The time a credential states, or None when it states none that all would read alike."""
    if not isinstance(text, str) or not SHAPE.fullmatch(text):
        return None
    try:
        moment = datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError):  # the first and the last hours there are, in some zones
        return None
    return moment if moment.year >= EARLIEST else None
