"""What the public page of an entry says besides: each part of the register adds its own."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from benchside.core.registries import Registry
from benchside.recognition.models import Entry


@dataclass(frozen=True, slots=True)
class Notice:
    """One thing that everybody may read of an entry, such as a sanction, and its days."""

    title: str
    words: str
    begins: date
    ends: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeSource:
    """`notices(entry)` gives what one part has to say of it today."""

    key: str
    notices: Callable[[Entry], Sequence[Notice]]
    order: int = 0


notices: Registry[NoticeSource] = Registry("notices of entries")


def notices_of(entry: Entry) -> list[Notice]:
    """All that everybody may read of it today; nothing of an entry that is not shown."""
    if entry.is_hidden:
        return []
    return [one for source in notices for one in source.notices(entry)]
