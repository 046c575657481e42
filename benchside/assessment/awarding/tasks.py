"""What awards do by the clock. Each award is a transaction of its own, so that a worker killed in
between leaves nothing half, and whatever runs next goes on where it stopped."""

import logging

from django.utils import timezone

from benchside.assessment.awarding import clock, mails, queries
from benchside.assessment.enums import VersionState
from benchside.assessment.models import Award, StandardVersion
from benchside.core.schedule import daily
from benchside.core.tasks import task

logger = logging.getLogger(__name__)


@daily(at="05:10")
@task(attempts=3)
def walk_awards() -> None:
    """Every move and every letter that is due by today. Twice a day does no more than once."""
    today = timezone.localdate()
    ending = Award.objects.filter(period_end__isnull=False).order_by("pk")
    failed = 0
    for award in ending.select_related("version", "organisation__contact", "technician__account"):
        try:
            clock.walk(award, today)
            clock.remind(award, today)
        except Exception:
            failed += 1
            logger.exception("The clock could not move award %s", award.pk)
    if failed:
        raise RuntimeError(f"{failed} awards could not be moved: see the log.")


@task(attempts=5)
def tell_of_version(version_id: int) -> None:
    """Tell whoever writes under an older version that theirs stays as it is."""
    version = StandardVersion.objects.filter(pk=version_id, state=VersionState.PUBLISHED).first()
    if version is None:
        return
    for older in StandardVersion.objects.filter(key=version.key).exclude(pk=version.pk):
        for submission in queries.open_submissions(older).select_related("version"):
            mails.version_published(version, submission)
