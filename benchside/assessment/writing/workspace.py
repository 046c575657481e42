"""What waits in an organisation's workspace for those who were asked to write a part."""

from collections.abc import Sequence

from django.urls import reverse

from benchside.accounts.models import User
from benchside.assessment.models import Contributor, Submission
from benchside.assessment.models.submissions import OPEN
from benchside.assessment.writing import outline, queries
from benchside.core.registries import ToDo, ToDoSource
from benchside.core.sitting import Sitting

WRITTEN = "assessment.written"


def things_to_do(sitting: Sitting) -> Sequence[ToDo]:
    """One line for each submission in which a part of theirs lacks something."""
    written: list[Submission] = sitting.once(WRITTEN, open_submissions)
    if not written:
        return []
    mine = set(
        Contributor.objects.filter(
            user__person_id=sitting.viewer_id, submission__in=written
        ).values_list("submission_id", flat=True)
    )
    asked = [one for one in written if one.pk in mine]
    if not asked:
        return []
    viewer = User.objects.get(person_id=sitting.viewer_id)
    found = (_thing(viewer, one) for one in asked)
    return [one for one in found if one]


def open_submissions(organisation_id: int) -> list[Submission]:
    """What an organisation is writing, the oldest first."""
    found = Submission.objects.filter(organisation=organisation_id, state__in=OPEN)
    return list(found.select_related("version", "organisation").order_by("created_at", "pk"))


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
