"""What credit does by the clock: nothing is kept longer than it is needed."""

from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.visibility.credit.actions import forget_withdrawn
from benchside.visibility.credit.asking import lapse
from benchside.visibility.models import CreditLetter


@daily(at="02:20")
@task(attempts=3)
def end_old_letters() -> None:
    """Delete the addresses of lead authors who have not answered within the month."""
    old = CreditLetter.objects.filter(expires_at__lte=timezone.now())
    for letter in old.select_related("contribution"):
        lapse(actor=SYSTEM, letter=letter)


@daily(at="02:25")
@task(attempts=3)
def forget_withdrawn_contributions() -> None:
    """Delete what was withdrawn a year ago."""
    forget_withdrawn(actor=SYSTEM)
