"""Beginning to thank the schools of a day: the letters themselves are written by a task."""

from benchside.core.actions import Actor, Refused, acting
from benchside.core.models import TaskProgress
from benchside.core.tasks import enqueue_watched
from benchside.visibility.campaigns.rules import can_run
from benchside.visibility.campaigns.tasks import thank_schools
from benchside.visibility.models import CampaignDay


def start_thanks(*, actor: Actor, day: CampaignDay, then: str) -> TaskProgress:
    """Begin to write to all schools of a day that is over; gives the progress to watch.

    Once begun, asking again leads to the same progress. Whoever was thanked is not thanked twice.
    Raises Denied, and Refused before the day is over.
    """
    with acting("campaign_day.thank", actor=actor, subject=day, may=can_run):
        if not day.is_over:
            raise Refused("The day is not over.", "Thank the schools on the day after it.")
        return enqueue_watched(
            thank_schools,
            day.pk,
            title=f"Thanks to the schools of {day}"[:120],
            owner=actor.person_id,
            key=f"visibility.thanks.{day.pk}",
            then=then,
        )
