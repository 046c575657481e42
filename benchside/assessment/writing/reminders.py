"""One letter, some days before a part is due, to whoever was asked and is not done."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.models import Contributor
from benchside.assessment.models.submissions import OPEN
from benchside.assessment.writing import letters, outline, queries
from benchside.assessment.writing.queries import Writer
from benchside.core.schedule import daily
from benchside.core.tasks import task

AHEAD = timedelta(days=3)


@daily(at="07:10")
@task(attempts=3)
def remind_of_parts() -> None:
    """Each part once; one that is written whole is let be. May run twice without harm."""
    due = Contributor.objects.filter(
        reminded_at__isnull=True,
        due_on__lte=timezone.localdate() + AHEAD,
        due_on__gte=timezone.localdate(),
        submission__state__in=OPEN,
        user__is_active=True,
    )
    for pk in due.values_list("pk", flat=True):
        _remind(pk)


def _remind(pk: int) -> None:
    with transaction.atomic():
        held = Contributor.objects.select_for_update(of=("self",)).select_related("user")
        part = held.filter(pk=pk, reminded_at__isnull=True).first()
        if part is None or not _lacks(part):
            return
        part.reminded_at = timezone.now()
        part.save(update_fields=["reminded_at"])
        letters.reminded(part)


def _lacks(part: Contributor) -> bool:
    whole = queries.writer(part.user, part.submission.key)
    alone = Writer(part.user, whole.submission, leads=False, parts=(part,))
    lines = outline.outline_of(alone).lines
    return any(line.lacks for line in lines if alone.covers(line.place))
