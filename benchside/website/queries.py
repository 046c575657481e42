"""What can be asked across the website's records: for the desk's first page and its reports."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from wagtail.models import Page, TaskState

from benchside.core.models import AuditEvent
from benchside.website.models import Concern


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of a concern's history: when, what, and by whom."""

    at: datetime
    what: str
    who: str
    text: str = ""


WORDS = {
    "concern.report": "Received",
    "concern.see": "Taken on",
    "concern.answer": "Answered",
    "concern.close": "Closed",
    "concern.reopen": "Opened again",
}


def concern_history(concern: Concern) -> list[Happening]:
    """What happened to a concern and what was noted, oldest first."""
    events = [e for e in AuditEvent.objects.about(concern) if e.verb in WORDS]
    notes = list(concern.notes.all())
    names = names_of({e.actor for e in events if e.actor} | {note.written_by for note in notes})
    lines = [Happening(e.at, WORDS[e.verb], names.get(e.actor, "")) for e in events]
    lines += [
        Happening(note.written_at, "Note", names.get(note.written_by, ""), note.text)
        for note in notes
    ]
    return sorted(lines, key=lambda line: line.at)


def names_of(people: set[UUID]) -> dict[UUID | None, str]:
    """Names by opaque person id; somebody erased is called so by their own record."""
    users = get_user_model().objects.filter(person_id__in=people)
    return {user.person_id: user.get_full_name() for user in users}


def pages_to_read(user: Any) -> int:
    """Pages in the workflow that this user may approve."""
    return int(TaskState.objects.reviewable_by(user).count())


def drafts_of(user: Any) -> int:
    """Pages whose latest words are this user's and are neither live nor in the workflow."""
    mine = Page.objects.filter(latest_revision__user=user, has_unpublished_changes=True)
    waiting = TaskState.objects.filter(status=TaskState.STATUS_IN_PROGRESS)
    return mine.exclude(latest_revision__in=waiting.values("revision")).count()
