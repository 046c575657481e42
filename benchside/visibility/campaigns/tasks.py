"""What happens by the clock, and the long work of thanking all schools of a day."""

from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily
from benchside.core.tasks import GiveUp, each, task
from benchside.visibility.campaigns import actions, plan, queries
from benchside.visibility.models import CampaignDay


@daily(at="07:00")
@task(attempts=5)
def send_reminders() -> None:
    """Today's reminder to every school that wants it: once each, however often this runs."""
    today = timezone.localdate()
    for day in queries.days_to_remind(today):
        kind = plan.due(day.day, today)
        for pledge in queries.to_remind(day, kind):
            actions.remind(actor=SYSTEM, pledge=pledge, kind=kind)


@daily(at="03:50")
@task(attempts=3)
def tidy_campaigns() -> None:
    """Forget whom to write to, delete what nobody confirmed, take down logos whose time is up."""
    actions.forget_contacts(actor=SYSTEM)
    actions.forget_unconfirmed(actor=SYSTEM)
    actions.take_down_logos(actor=SYSTEM)


@task(attempts=20)
def thank_schools(day_id: int) -> None:
    """Write to all schools of a day. Begun again after a stop, it goes on where it was."""
    day = CampaignDay.objects.select_related("campaign").filter(pk=day_id).first()
    if day is None:
        raise GiveUp(f"There is no campaign day {day_id}.")
    schools = queries.schools_in(day)
    waiting = list(queries.to_thank(day))
    pictures = queries.pictures_by_pledge(day)
    for pledge in each(waiting, "Writing to schools"):
        actions.thank(
            actor=SYSTEM, pledge=pledge, schools=schools, pictures=pictures.get(pledge.pk, 0)
        )
    actions.finish_thanks(actor=SYSTEM, day=day)
