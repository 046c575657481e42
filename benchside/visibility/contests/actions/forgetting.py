"""Forget who sent what in, once it is over and the time has passed."""

from datetime import timedelta

from django.utils import timezone

from benchside.core.actions import Actor, acting
from benchside.visibility.contests import rules
from benchside.visibility.contests.actions.competitions import lock
from benchside.visibility.contests.enums import IN_THE_RUNNING
from benchside.visibility.models import Competition

KEEP = timedelta(days=183)  # half a year after the winners, or after it was called off


def forget_senders(*, actor: Actor, competition: Competition) -> int:
    """Delete addresses, links and what is not in the running; what the judges gave and whom they
    know goes too. Returns how many entries were changed. Raises Denied.
    """
    with acting("competition.forget", actor=actor, subject=competition, may=rules.can_tidy) as act:
        held = lock(competition)
        gone, _ = held.entries.exclude(state__in=IN_THE_RUNNING).delete()
        blanked = held.entries.update(
            reply_to="", secret_hash=None, sent_once=None, blind_caption=""
        )
        held.judges.all().delete()
        held.forgotten_at = timezone.now()
        held.save(update_fields=["forgotten_at"])
        act.note(entries=blanked, deleted=gone)
    return blanked
