"""What marks do by the clock: follow-ups and targets that are missing, letters to advisers."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.awarding import queries as awarding
from benchside.assessment.enums import SubmissionState
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.recognition.marks import actions, mails
from benchside.recognition.models import Application, FollowUp, Mark

AHEAD = timedelta(days=14)


@daily(at="05:40")
@task(attempts=3)
def look_after_marks() -> None:
    """Twice a day does no more than once."""
    keys = list(Mark.objects.values_list("standard", flat=True))
    for award in awarding.holders(keys):
        actions.plan_follow_up(award=award)
    declined = Application.objects.filter(
        submission__state=SubmissionState.DECLINED, targets__isnull=True
    )
    for application in declined:
        actions.set_targets(application=application)
    soon = timezone.localdate() + AHEAD
    for one in FollowUp.objects.filter(
        done_on__isnull=True, reminded_at__isnull=True, due_on__lte=soon
    ):
        remind(one.pk)


def remind(follow_up: int) -> None:
    """One letter to the adviser, or to those who run the mark; under a lock, so once."""
    with transaction.atomic():
        one = FollowUp.objects.select_for_update().get(pk=follow_up)
        if one.reminded_at is not None or not mails.follow_up_due(one):
            return
        one.reminded_at = timezone.now()
        one.save(update_fields=["reminded_at"])
