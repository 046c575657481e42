"""What waits in an organisation's workspace for those who were asked to write a part."""

from collections.abc import Sequence

from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.models import Contributor, Submission
from benchside.assessment.models.submissions import OPEN
from benchside.assessment.writing import outline, queries
from benchside.core.registries import (
    Sitting,
    ToDo,
    ToDoSource,
)


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """One line for each submission in which a part of theirs lacks something."""
    mine = Contributor.objects.filter(user__person_id=sitting.viewer_id)
    asked = Submission.objects.filter(
        organisation=sitting.organisation_id, state__in=OPEN, pk__in=mine.values("submission")
    )
    if not (written := list(asked.order_by("created_at", "pk"))):
        return []
    viewer = User.objects.get(person_id=sitting.viewer_id)
    found = (_thing(viewer, one) for one in written)
    return [one for one in found if one]


def _thing(viewer: User, submission: Submission) -> ToDo | None:
    writer = queries.writer(viewer, submission.key)
    own = [line for line in outline.outline_of(writer).lines if writer.covers(line.place)]
    behind = [line for line in own if line.lacks]
    if not behind:
        return None
    words = writer.standard.words
    days = [one.due_on for one in writer.own_parts if one.due_on]
    by = f" It is wanted by {min(days):%-d %B}." if days else ""
    count = f"{len(behind)} {words.criterion if len(behind) == 1 else words.criteria}"
    return ToDo(
        title=f"Write your part: {writer.standard.title}",
        why=f"You were asked to write it. {count} {_lack(behind)} something.{by}",
        do="Write it",
        url=behind[0].url
        if len(behind) == 1
        else reverse("assessment:form", args=[submission.key]),
        order=12,
    )


def _lack(behind: Sequence[object]) -> str:
    return "lacks" if len(behind) == 1 else "lack"


TO_DO = ToDoSource(key="assessment.writing", things=things_to_do)
