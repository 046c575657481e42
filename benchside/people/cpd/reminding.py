"""A quiet reminder when nothing was written for long: a letter a month, three at most."""

from datetime import timedelta

from django.conf import settings
from django.core import signing
from django.db import transaction
from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from benchside.core.mail import send
from benchside.people.models import CpdLog

QUIET_DAYS = 60
BETWEEN = timedelta(days=30)
MOST = 3  # then there is silence, until they write again
SALT = "people.cpd.reminders"
LETTER = "people/cpd"


def due() -> QuerySet[CpdLog]:
    """Logs that were kept and have gone quiet, whose owner is reached, willing and at work."""
    now = timezone.now()
    today = timezone.localdate()
    return (
        CpdLog.objects.filter(reminds=True, nudges__lt=MOST)
        .filter(technician__account__is_active=True)
        .filter(Q(nudged_at__isnull=True) | Q(nudged_at__lte=now - BETWEEN))
        .exclude(technician__cpd_breaks__begins__lte=today, technician__cpd_breaks__ends__gte=today)
        .annotate(written=Max("technician__cpd_activities__changed_at"))
        .filter(written__lte=now - timedelta(days=QUIET_DAYS))
        .order_by("pk")
    )


def remind(log_id: int) -> None:
    """Write one letter, unless somebody else has just written it: letter and mark go together."""
    with transaction.atomic():
        log = CpdLog.objects.select_for_update().get(pk=log_id)
        account = log.technician.account
        if account is None or not due().filter(pk=log_id).exists():
            return
        log.nudged_at, log.nudges = timezone.now(), log.nudges + 1
        log.save(update_fields=["nudged_at", "nudges"])
        said = {
            "name": account.get_full_name(),
            "url": f"{settings.BASE_URL}/my/cpd/add/",
            "off": f"{settings.BASE_URL}/my/cpd/quiet/{token_of(log.technician_id)}/",
            "days": QUIET_DAYS,
            "is_last": log.nudges == MOST,
        }
        send(LETTER, account.email, said)


def token_of(technician_id: int) -> str:
    return signing.dumps(technician_id, salt=SALT)


def opened(token: str) -> int:
    """Whose letters a link stops. Raises BadSignature. It never runs out: it stops letters."""
    return int(signing.loads(token, salt=SALT))
