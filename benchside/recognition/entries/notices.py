"""What a body publishes about an entry beside its state, such as a sanction with its dates.

Whoever keeps such things offers them here at start-up. What concerns somebody's health is none.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from benchside.core.registries import Registry
from benchside.recognition.models import Entry


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """`words` are for everybody; it is shown on the days from `since` to `until`, both included;
    None: for as long as the entry stands in the record. `ends` is the last day of what it tells
    of, which is another thing: a suspension of a month is read for years."""

    title: str
    words: str
    since: date
    until: date | None = None
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSource:
    """`of(entry)` gives its notices, also those whose time is over: these are left out here."""

    key: str
    of: Callable[[Entry], Sequence[Notice]]
    order: int = 0


notices: Registry[NoticeSource] = Registry("notices of entries")


def notices_of(entry: Entry, on: date) -> tuple[Notice, ...]:
    """What is shown of an entry on a day, the newest first."""
    found = [one for source in notices for one in source.of(entry)]
    shown = [one for one in found if one.since <= on and (one.until is None or on <= one.until)]
    return tuple(sorted(shown, key=lambda one: one.since, reverse=True))
