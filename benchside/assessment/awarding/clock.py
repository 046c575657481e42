"""What the clock does to awards: come due, lapse, and letters before the end."""

from datetime import date, timedelta

from django.db import transaction

from benchside.assessment.actions import move_award
from benchside.assessment.awarding import mails
from benchside.assessment.awarding.offers import can_renew, is_held
from benchside.assessment.awarding.queries import rules_of, runs_out_from, state_of
from benchside.assessment.models import Award, AwardReminder
from benchside.assessment.standards import AwardMove
from benchside.core.actions import SYSTEM

MOST_HOPS = 20  # a file whose moves by the clock go round in a circle ends here


def walk(award: Award, today: date) -> int:
    """Do every move that the clock makes by today, each from its own day on; returns how many."""
    done = 0
    while done < MOST_HOPS and (due := _due(award, today)):
        step, day = due
        days = award.events.changes().order_by("-number").values_list("effective_on", flat=True)
        last = days.first()
        with transaction.atomic():
            move_award(
                actor=SYSTEM,
                award=award,
                verb=step.verb,
                reason=step.reasons[0] if step.reasons else "",
                effective_on=max(day, last) if last else day,
            )
        done += 1
    return done


def _due(award: Award, today: date) -> tuple[AwardMove, date] | None:
    if award.period_end is None:
        return None
    stands = {one.key for one in rules_of(award).states if one.stands}
    for step in rules_of(award).moves:
        if step.after_days is None or award.state not in step.source:
            continue
        if award.period_end + timedelta(days=step.after_days) > today:
            continue
        day = (runs_out_from(award) or award.period_end) + timedelta(days=step.after_days)
        if day <= today and (step.target in stands or not is_held(award)):
            return step, day
    return None


def remind(award: Award, today: date) -> bool:
    """Send the letter that is due before the end of its period, each once; the nearest alone where
    several were missed. True when one was sent."""
    end = award.period_end
    if end is None or today > end or not state_of(award).stands:
        return False
    due = [days for days in rules_of(award).remind_days if end - timedelta(days=days) <= today]
    if not due or not can_renew(award):
        return False  # on a break, say, there is nothing they could do
    nearest = min(due)
    with transaction.atomic():
        held = Award.objects.select_for_update().get(pk=award.pk)
        if held.reminders.filter(period_end=end, days__lte=nearest).exists():
            return False
        AwardReminder.objects.create(award=held, period_end=end, days=nearest)
        return mails.ends_soon(award)
