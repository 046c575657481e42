"""Renewing an award by a submission that is approved: its number stays."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from benchside.assessment.actions.awards import move_award
from benchside.assessment.awarding.queries import rules_of, state_of
from benchside.assessment.models import Award, Renewal, Submission
from benchside.assessment.standards import AwardMove
from benchside.core.actions import Actor, Refused


def link_renewal(*, submission: Submission, award: Award) -> Renewal:
    """Say that a submission, just begun, is made to renew an award.

    Called by the thin room that begins it, inside its transaction. Raises Refused when the award
    is another holder's, or its file lets nobody renew it from where it is.
    """
    mine = (submission.organisation_id, submission.technician_id)
    if mine != (award.organisation_id, award.technician_id):
        raise Refused("This is not yours to renew.")
    if renewing_move(award) is None:
        raise Refused(f"{award.number} cannot be renewed now.", "Apply anew instead.")
    return Renewal.objects.create(submission=submission, award=award)


def renewing_move(award: Award) -> AwardMove | None:
    """The move that gives a new period from the state it is in."""
    moves = rules_of(award).moves
    return next((one for one in moves if one.new_period and award.state in one.source), None)


def renew_award(*, actor: Actor, award: Award, submission: Submission, level: str = "") -> bool:
    """Give an award its next period, as what was approved says: its level and version too.

    While it stands, the new period begins when the old one ends; after that, today. False when
    the file has no way from the state it is in: then a new award is granted.
    """
    with transaction.atomic():
        held = Award.objects.select_for_update().get(pk=award.pk)
        step = renewing_move(held)
        if step is None:
            return False
        today = timezone.localdate()
        runs_on = state_of(held).stands and held.period_end is not None
        begins = held.period_end + timedelta(days=1) if runs_on and held.period_end else today
        Award.objects.filter(pk=held.pk).update(
            version=submission.version, level=level or held.level, submission=submission
        )
        move_award(
            actor=actor,
            award=award,
            verb=step.verb,
            reason=step.reasons[0] if step.reasons else "",
            period_from=max(begins, today) if not runs_on else begins,
            detail={
                "submission": str(submission.key),
                "standard": f"{submission.version.key} {submission.version.version}",
                "level": level,
            },
        )
        award.refresh_from_db()
    return True
