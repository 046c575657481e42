"""What happened lately to a submission: who wrote where, and what was done with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from benchside.assessment.embargo import events_told
from benchside.assessment.models import StatementVersion, Submission
from benchside.assessment.writing.queries import names
from benchside.core.models import AuditEvent
from benchside.organisations.wording import told

SITTING = timedelta(minutes=10)  # saves of one person closer than this are one sitting
SAVES, EVENTS, SHOWN = 120, 20, 8


@dataclass(frozen=True, slots=True)
class Happening:
    at: datetime
    who: str
    what: str
    criterion: str = ""


def lately(submission: Submission) -> list[Happening]:
    """The newest first. Saves of one sitting count once."""
    saves = StatementVersion.objects.filter(statement__submission=submission)
    saved = list(saves.select_related("statement").order_by("-saved_at", "-pk")[:SAVES])
    done = AuditEvent.objects.filter(
        subject_type=Submission._meta.label, subject_id=str(submission.pk)
    )
    events = events_told(submission, done.order_by("-at", "-pk")[:EVENTS])
    who = names([one.saved_by for one in saved] + [one.actor for one in events])
    titles = {one.key: one.title for one in submission.version.standard.criteria}
    found = [
        Happening(one.saved_at, _name(who, one.saved_by), "wrote", titles[one.statement.criterion])
        for one in ends_of_sittings(saved)
        if one.statement.criterion in titles
    ]
    found += [
        Happening(one.at, who.get(str(one.actor)) or one.get_actor_kind_display(), _told(one))
        for one in events
    ]
    return sorted(found, key=lambda one: one.at, reverse=True)[:SHOWN]


def _told(event: AuditEvent) -> str:
    said = told(event.verb)
    return said[0].lower() + said[1:]


def _name(who: dict[str, str], person: UUID | None) -> str:
    return who.get(str(person), "Somebody")


def ends_of_sittings(saves: Iterable[StatementVersion]) -> list[StatementVersion]:
    """The last save of each sitting: newest first in, newest first out. A save by another, or by
    the same after a pause, begins a new sitting."""
    last: dict[tuple[int, UUID | None], datetime] = {}
    newest: dict[int, UUID | None] = {}
    found = []
    for one in saves:
        key = (one.statement_id, one.saved_by)
        is_next = newest.get(one.statement_id, one.saved_by) != one.saved_by
        if key not in last or is_next or last[key] - one.saved_at > SITTING:
            found.append(one)
        last[key] = one.saved_at
        newest[one.statement_id] = one.saved_by
    return found
