"""What competitions do by the clock: tell results at their minute, forget senders in time."""

from django.db.models import F
from django.db.models.functions import Coalesce
from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily, every
from benchside.core.tasks import task
from benchside.visibility.contests import actions, queries
from benchside.visibility.contests.actions.forgetting import KEEP
from benchside.visibility.contests.enums import CompetitionState
from benchside.visibility.models import Competition


@every(minutes=1)
@task(attempts=3)
def tell_of_results() -> None:
    """Letters go out once the minute has come; the winners' page is there by itself."""
    for competition in queries.to_tell():
        actions.tell_results(actor=SYSTEM, competition=competition)


@daily(at="04:10")
@task(attempts=3)
def forget_senders_of_contests() -> None:
    """Half a year after it ended, nobody is known by an address any more."""
    ended = Competition.objects.filter(
        state__in=(CompetitionState.DECIDED, CompetitionState.CANCELLED), forgotten_at__isnull=True
    ).annotate(ended_at=Coalesce("cancelled_at", F("results_at")))
    for competition in ended.filter(ended_at__lte=timezone.now() - KEEP):
        actions.forget_senders(actor=SYSTEM, competition=competition)
