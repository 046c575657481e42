"""What exhibitions do by the clock: look at what hangs, forget contacts in time."""

from django.db.models import Q
from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily, every
from benchside.core.tasks import task
from benchside.visibility.exhibitions import actions
from benchside.visibility.exhibitions.actions.stops import KEEP_CONTACT
from benchside.visibility.models import Stop


@every(minutes=60)
@task(attempts=3)
def look_at_panels() -> None:
    """A consent that ran out tells nobody; and a net under what was missed."""
    actions.take_down_withdrawn(actor=SYSTEM)


@daily(at="04:20")
@task(attempts=3)
def forget_contacts_of_stops() -> None:
    before = timezone.localdate() - KEEP_CONTACT
    known = ~Q(contact="") | ~Q(contact_email="") | ~Q(contact_phone="")
    for stop in Stop.objects.filter(known, ends_on__lt=before):
        actions.forget_contacts(actor=SYSTEM, stop=stop)
