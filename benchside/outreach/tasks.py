"""What outreach does by the clock."""

from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily
from benchside.core.tasks import task
from benchside.outreach.models import Order, SchoolTally
from benchside.outreach.models.orders import KEEP_ORDER
from benchside.outreach.orders import actions
from benchside.outreach.orders.schools import school_year


@daily(at="04:10")
@task(attempts=3)
def forget_orders() -> None:
    """Orders nobody said yes to, orders of years ago, then who placed those that ended."""
    for order in (*Order.objects.never_confirmed(), *Order.objects.to_forget()):
        actions.forget_order(actor=SYSTEM, order=order)
    for order in Order.objects.with_contact_to_forget():
        actions.forget_contact(actor=SYSTEM, order=order)
    oldest = school_year((timezone.now() - KEEP_ORDER).date())
    SchoolTally.objects.filter(year__lt=oldest).delete()
