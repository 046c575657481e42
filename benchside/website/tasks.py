"""What the website does by the clock."""

from django.core.management import call_command

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily, every
from benchside.core.tasks import task
from benchside.website import actions
from benchside.website.models import Concern


@every(minutes=5)
@task(attempts=3)
def publish_scheduled_pages() -> None:
    """Put up and take down what editors gave a time, within five minutes of it."""
    call_command("publish_scheduled", verbosity=0)


@daily(at="03:50")
@task(attempts=3)
def forget_closed_concerns() -> None:
    """Delete what has been closed long enough: whole records, then addresses."""
    for concern in Concern.objects.to_forget():
        actions.forget_concern(actor=SYSTEM, concern=concern)
    for concern in Concern.objects.with_address_to_forget():
        actions.forget_address(actor=SYSTEM, concern=concern)
