"""What charters do by the clock."""

from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.impact.charters import actions, reminding
from benchside.impact.enums import SignatoryState
from benchside.impact.models import Cohort


@daily(at="06:10")
@task(attempts=3)
def keep_charters_in_step() -> None:
    """Announce cohorts whose day has come, mark what is late, and remind; may run twice."""
    today = timezone.localdate()
    waiting = Cohort.objects.filter(
        announced_on__lte=today, signatory__state=SignatoryState.ACCEPTED
    )
    for cohort in waiting.distinct():
        actions.announce_cohort(actor=SYSTEM, cohort=cohort)
    actions.mark_late(today=today)
    reminding.send_reminders(today)
