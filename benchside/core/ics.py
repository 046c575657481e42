"""A calendar of days as RFC 5545 has it. Plain values in, text out, no Django.

`uid` stays for good and `sequence` rises with each change, so that a calendar somebody subscribed
to moves an entry and does not add a second.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 75  # bytes, the line's end not counted


@dataclass(frozen=True, slots=True, kw_only=True)
class AllDay:
    """Something that lasts whole days, from `first` to `last`, both counted."""

    uid: str
    sequence: int
    changed_at: datetime
    first: date
    last: date
    title: str
    place: str = ""
    words: str = ""
    url: str = ""
    is_cancelled: bool = False


def calendar(name: str, entries: Iterable[AllDay], *, made_by: str) -> str:
    """The whole file, lines ending in CR LF."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//{escaped(made_by)}//EN",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        *(line for one in entries for line in _entry(one)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _entry(one: AllDay) -> list[str]:
    optional = {
        "LOCATION": escaped(one.place),
        "DESCRIPTION": escaped(one.words),
        "URL": "" if any(sign.isspace() for sign in one.url) else one.url,
    }
    return [
        "BEGIN:VEVENT",
        f"UID:{escaped(one.uid)}",
        f"SEQUENCE:{one.sequence}",
        f"DTSTAMP:{one.changed_at.astimezone(UTC):%Y%m%dT%H%M%SZ}",
        f"DTSTART;VALUE=DATE:{one.first:%Y%m%d}",
        f"DTEND;VALUE=DATE:{one.last + timedelta(days=1):%Y%m%d}",  # the day after, by the standard
        f"SUMMARY:{escaped(one.title)}",
        *(f"{name}:{value}" for name, value in optional.items() if value),
        f"STATUS:{'CANCELLED' if one.is_cancelled else 'CONFIRMED'}",
        "TRANSP:TRANSPARENT",
        "END:VEVENT",
    ]


def escaped(text: str) -> str:
    """A TEXT value: no sign of it can end the line or begin another property."""
    plain = text.replace("\r\n", "\n").replace("\r", "\n")
    kept = "".join(sign for sign in plain if sign == "\n" or sign.isprintable())
    for sign in ("\\", ";", ","):
        kept = kept.replace(sign, f"\\{sign}")
    return kept.replace("\n", "\\n")


def folded(line: str) -> str:
    """Cut after at most 75 bytes, never within a character; the next line begins with a space."""
    parts, part, room = [], "", LONGEST_LINE
    for sign in line:
        if len((part + sign).encode()) > room:
            parts.append(part)
            part, room = "", LONGEST_LINE - 1
        part += sign
    return "\r\n ".join([*parts, part])
