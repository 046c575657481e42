"""What nominations do by the clock: winners are named, unanswered letters lapse, and
both people are forgotten a year after."""

from django.utils import timezone

from benchside.core.actions import SYSTEM
from benchside.core.schedule import daily, every
from benchside.core.states import move
from benchside.core.tasks import task
from benchside.recognition.enums import NominationState
from benchside.recognition.models import Nomination, NominationRound
from benchside.recognition.nominations import actions, forgetting
from benchside.recognition.nominations.states import NOMINATIONS


@every(minutes=5)
@task(attempts=3)
def name_winners() -> None:
    due = NominationRound.objects.filter(announced_at=None, announce_at__lte=timezone.now())
    for one in due:
        actions.announce(round_=one)


@daily(at="05:50")
@task(attempts=3)
def let_nominations_lapse() -> None:
    """Of rounds that closed, what the nominee never answered."""
    today = timezone.localdate()
    open_ones = (NominationState.ASKED, NominationState.BESIDE)
    left = Nomination.objects.filter(state__in=open_ones, round__closes_on__lt=today)
    for one in left.select_related("round"):
        move(table=NOMINATIONS, subject=one, verb="lapse", actor=SYSTEM)


@daily(at="03:50")
@task(attempts=3)
def forget_nominations() -> None:
    """Of rounds that were over a year ago."""
    forgetting.forget_old()
