"""What this room forgets by the clock."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.people.models import MediaConsent

# As long as somebody may ask a court about it (Limitation Act 1980, sections 2 and 5).
KEEP_ENDED = timedelta(days=6 * 365 + 2)


@daily(at="04:30")
@task(attempts=3)
def forget_ended_consents() -> None:
    """Delete yeses that were taken back, or ran out, six years ago."""
    before = timezone.now() - KEEP_ENDED
    ended = Q(withdrawn_at__lt=before) | Q(until__lt=timezone.localdate(before))
    MediaConsent.objects.filter(ended).delete()
