"""Forgetting: files of what is gone, and all that was written and said, six years after it was
decided; earlier when its person asks, or where a thin room says so."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import PurePosixPath
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet

from benchside.accounts.models import User
from benchside.assessment.embargo import state_told
from benchside.assessment.models import (
    Comment,
    Contributor,
    Evidence,
    FrozenVersion,
    SignOff,
    StatementVersion,
    Submission,
    Supporter,
)
from benchside.assessment.models.submissions import CLOSED
from benchside.assessment.showing import said
from benchside.assessment.showing.keeping import EVIDENCE, FROZEN, drop_all, frozen_files
from benchside.assessment.states import OPEN_STATES
from benchside.assessment.states import SUBMISSIONS as MOVES
from benchside.core import vault
from benchside.core.actions import SYSTEM, acting
from benchside.core.permissions import is_system
from benchside.core.registries import PersonalDataExport, Registry
from benchside.core.states import move

KEPT = timedelta(days=6 * 365 + 2)
YOUNG = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Beside:
    """What a thin room wrote of a submission: `forget(submission)` blanks it when the engine
    forgets the rest, in the same transaction; it may be asked twice."""

    key: str
    forget: Callable[[Submission], None]
    order: int = 0


beside: Registry[Beside] = Registry("what is forgotten with a submission")


def due(now: datetime) -> Iterator[Submission]:
    """Those decided long ago that still hold something."""
    old = Submission.objects.filter(state__in=CLOSED, closed_at__lt=now - KEPT)
    holding = Q(evidence__isnull=False) | Q(frozen__isnull=False) | Q(supporters__isnull=False)
    return old.filter(holding | Q(statements__number__gt=0)).distinct().iterator()


def forget(submission: Submission) -> None:
    """Delete what was written, shown, signed and said, with its files, and who sent it in. That it
    was decided, and how, and the award stay."""
    with acting("submission.forget", actor=SYSTEM, subject=submission, may=is_system) as act:
        _empty(submission)
        act.afterwards(lambda: drop_all([submission]))


def let_go(submission: Submission) -> None:
    """Delete it whole, with what was judged and decided: nothing was awarded, and whoever it is of
    was promised to be forgotten."""
    with acting("submission.let_go", actor=SYSTEM, subject=submission, may=is_system) as act:
        _empty(submission)
        Submission.objects.filter(pk=submission.pk).delete()
        act.afterwards(lambda: drop_all([submission]))


def _empty(submission: Submission) -> None:
    SignOff.objects.filter(submission=submission).delete()
    FrozenVersion.objects.filter(submission=submission).delete()
    Evidence.objects.filter(submission=submission).delete()
    Supporter.objects.filter(submission=submission).delete()
    Comment.objects.filter(submission=submission).delete()
    Contributor.objects.filter(submission=submission).delete()
    StatementVersion.objects.filter(statement__submission=submission).delete()
    submission.figures.all().delete()
    submission.statements.update(text="", choice="", number=0, changed_at=None, changed_by=None)
    Submission.objects.filter(pk=submission.pk).update(submitted_by=None)
    said.forget(submission)
    for one in beside:
        one.forget(submission)


def sweep(now: datetime) -> int:
    """Delete files that nothing refers to and that are older than a day. Returns how many."""
    count = 0
    for name in [*vault.names_below(EVIDENCE), *vault.names_below(FROZEN)]:
        if vault.storage.get_modified_time(name) < now - YOUNG and not _is_wanted(name):
            vault.drop(name)
            count += 1
    return count


def _is_wanted(name: str) -> bool:
    parts = PurePosixPath(name).parts
    submission = Submission.objects.filter(key=UUID(hex=parts[1])).first()
    if submission is None:
        return False
    if parts[0] == FROZEN:
        return submission.frozen.filter(Q(pdf=name) | Q(docx=name)).exists()
    if submission.evidence.filter(file=name).exists():
        return True
    return PurePosixPath(name).stem in frozen_files(submission)


# --- what is held of a person -----------------------------------------------------------------
def export(person_id: UUID) -> dict[str, Any]:
    """What somebody wrote about themselves, and what they signed for others."""
    mine = Submission.objects.filter(technician__account__person_id=person_id)
    return {
        "submissions": [_told(one) for one in mine.select_related("version")],
        "signatures": [
            {
                "standard": one.submission.version.title,
                "step": one.step,
                "as": one.signed_as,
                "at": one.signed_at.isoformat(),
                "content": one.frozen.digest,
            }
            for one in SignOff.objects.filter(signed_by=person_id).select_related(
                "submission__version", "frozen"
            )
        ],
        "spoken_for_others": [
            {
                "standard": one.submission.version.title,
                "asked": one.asked_at.isoformat(),
                "said": {each.area: each.text for each in one.statements.all()},
            }
            for one in _asked_of(person_id).select_related("submission__version")
        ],
    }


def _asked_of(person_id: UUID) -> QuerySet[Supporter]:
    """Questions that went to the address of their account, which they have proven to be theirs."""
    account = User.objects.filter(person_id=person_id).exclude(email="").first()
    if account is None:
        return Supporter.objects.none()
    return Supporter.objects.filter(email__iexact=account.email)


def _told(one: Submission) -> dict[str, Any]:
    return {
        "standard": one.version.title,
        "version": one.version.version,
        "state": str(state_told(one)),
        "begun": one.created_at.isoformat(),
        "words": {each.criterion: each.text or each.choice for each in one.statements.all()},
        "shown": [
            {
                "title": piece.title,
                "file": piece.file_name,
                "url": piece.url,
                "sha256": piece.file_digest,
            }
            for piece in one.evidence.all()
        ],
        "supporters": [
            {"name": asked.name, "email": asked.email} for asked in one.supporters.all()
        ],
        "said_to_you": said.to_holder(one),
    }


def erase(person_id: UUID) -> None:
    """Take back what runs, so that nobody reads on or is chased; empty what they wrote about
    themselves and what was said of it, with its files; take their name off what they signed for
    others, which stands by its digest; delete what they said for others."""
    mine = list(Submission.objects.filter(technician__account__person_id=person_id))
    for one in mine:
        if one.state in OPEN_STATES:
            move(table=MOVES, subject=one, verb="withdraw", actor=SYSTEM)
        _empty(one)
    SignOff.objects.filter(signed_by=person_id).update(signed_as="Erased")
    Contributor.objects.filter(user__person_id=person_id).delete()
    _asked_of(person_id).delete()
    transaction.on_commit(lambda: drop_all(mine))


SUBMISSIONS = PersonalDataExport(
    key="assessment.showing",
    title="What you wrote and showed to meet a standard",
    export=export,
    erase=erase,
    order=300,
)
