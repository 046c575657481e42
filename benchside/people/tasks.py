"""What this room forgets by the clock."""

from datetime import timedelta

from django.db.models import Q
from django.utils import timezone

from benchside.core.schedule import daily
from benchside.core.tasks import each, task
from benchside.people.cpd import keeping, reminding
from benchside.people.models import CpdShare, MediaConsent

# As long as somebody may ask a court about it (Limitation Act 1980, sections 2 and 5).
KEEP_ENDED = timedelta(days=6 * 365 + 2)


@daily(at="04:30")
@task(attempts=3)
def forget_ended_consents() -> None:
    """Delete yeses that were taken back, or ran out, six years ago."""
    before = timezone.now() - KEEP_ENDED
    ended = Q(withdrawn_at__lt=before) | Q(until__lt=timezone.localdate(before))
    MediaConsent.objects.filter(ended).delete()


@daily(at="07:40")
@task(attempts=3)
def remind_of_cpd() -> None:
    """A letter to whoever has written nothing into their CPD log for long, one at a time: killed in
    between and run again, nobody has two."""
    for log_id in each(list(reminding.due().values_list("pk", flat=True))):
        reminding.remind(log_id)


@daily(at="04:40")
@task(attempts=3)
def forget_ended_shares() -> None:
    """Of a CPD log that was shared, keep after its last day the digest alone."""
    ended = CpdShare.objects.filter(until__lt=timezone.localdate()).exclude(content="")
    for share in ended.select_related("technician"):
        CpdShare.objects.filter(pk=share.pk).update(content="")
        keeping.sweep(share.technician)
