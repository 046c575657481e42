"""What the engine's pages of writing hold of a person, and how they forget; and what moves when a
lead hands over."""

from typing import Any
from uuid import UUID

from django.db.models import QuerySet

from benchside.accounts.models import User
from benchside.assessment.models import Comment, Contributor, StatementVersion
from benchside.assessment.models.submissions import OPEN
from benchside.core.registries import Belonging, PersonalDataExport

ERASED = "Taken out: the person was erased."


def export(person_id: UUID) -> dict[str, Any]:
    comments = Comment.objects.filter(author__person_id=person_id)
    parts = Contributor.objects.filter(user__person_id=person_id)
    saves = StatementVersion.objects.filter(saved_by=person_id)
    found = {
        "comments": [
            {"about": one.criterion, "said": one.text, "at": one.made_at.isoformat()}
            for one in comments
        ],
        "parts_to_write": [
            {
                "of": str(one.submission.version),
                "part": one.criterion or one.area or "all",
                "due": one.due_on.isoformat() if one.due_on else None,
            }
            for one in parts.select_related("submission__version")
        ],
        "texts_saved": [
            {"about": one.statement.criterion, "text": one.text, "at": one.saved_at.isoformat()}
            for one in saves.select_related("statement")
        ],
    }
    return found if any(found.values()) else {}


def erase(person_id: UUID) -> None:
    """Their comments are emptied, where others answered; their parts go. What they wrote for an
    organisation is the organisation's, with nobody's name beside it."""
    comments = Comment.objects.filter(author__person_id=person_id)
    comments.filter(replies__isnull=True).delete()
    comments.update(author=None, text=ERASED)
    Comment.mentions.through.objects.filter(user__person_id=person_id).delete()
    Contributor.objects.filter(user__person_id=person_id).delete()


EXPORT = PersonalDataExport(
    key="assessment.writing", title="What you write with others", export=export, erase=erase,
    order=250,
)  # fmt: skip


def _parts(organisation_id: int, person_id: UUID) -> QuerySet[Contributor]:
    return Contributor.objects.filter(
        submission__organisation=organisation_id,
        submission__state__in=OPEN,
        user__person_id=person_id,
    )


def count(organisation_id: int, person_id: UUID) -> int:
    return _parts(organisation_id, person_id).count()


def move(organisation_id: int, giver: UUID, taker: UUID) -> int:
    """Parts that are still to be written; one that the other has already is joined with theirs."""
    to = User.objects.get(person_id=taker)
    found = list(_parts(organisation_id, giver))
    for one in found:
        same = {"submission": one.submission_id, "area": one.area, "criterion": one.criterion}
        if Contributor.objects.filter(user=to, **same).exists():
            one.delete()
        else:
            one.user, one.reminded_at = to, None
            one.save(update_fields=["user", "reminded_at"])
    return len(found)


PARTS = Belonging(key="assessment.parts", title="parts to write", count=count, move=move, order=40)
