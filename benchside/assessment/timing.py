"""How long a submission was in each state, read from the audit trail of its moves."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone

from benchside.assessment.enums import SubmissionState
from benchside.assessment.models import Submission
from benchside.core.models import AuditEvent


@dataclass(frozen=True, slots=True)
class Spell:
    """A time in one state; without `ends` it goes on."""

    state: str
    begins: datetime
    ends: datetime | None = None

    @property
    def title(self) -> str:
        return str(SubmissionState(self.state).label)

    @property
    def days(self) -> int:
        """Nights between the two calendar days; up to today while it goes on."""
        last = timezone.localdate(self.ends) if self.ends else timezone.localdate()
        return (last - timezone.localdate(self.begins)).days


def spent(submission: Submission) -> list[Spell]:
    """Every state it went through, the first one first."""
    return spent_by([submission])[submission.pk]


def spent_by(submissions: Iterable[Submission]) -> dict[int, list[Spell]]:
    """The same for many, in one query; by the submission's number."""
    found = {one.pk: one for one in submissions}
    moved = AuditEvent.objects.filter(
        subject_type=Submission._meta.label, subject_id__in=[str(pk) for pk in found]
    )
    moves: dict[int, list[tuple[datetime, str]]] = defaultdict(list)
    rows = moved.order_by("at", "pk").values_list("subject_id", "at", "detail")
    for subject, at, detail in rows:
        if "from" in detail and "to" in detail:
            moves[int(subject)].append((at, str(detail["to"])))
    return {pk: _spells(one.created_at, moves[pk]) for pk, one in found.items()}


def _spells(begun: datetime, moves: Sequence[tuple[datetime, str]]) -> list[Spell]:
    moments = [(begun, str(SubmissionState.DRAFT)), *moves]
    ends: list[datetime | None] = [at for at, _ in moments[1:]]
    pairs = zip(moments, [*ends, None], strict=True)
    return [Spell(state, at, until) for (at, state), until in pairs]
