"""Giving and ending duties: who assigns, ratifies and keeps awards for a standard."""

from benchside.accounts.models import User
from benchside.assessment import rules
from benchside.assessment.enums import DutyKind
from benchside.assessment.models import Duty, StandardVersion
from benchside.core.actions import Actor, Refused, acting


def give_duty(*, actor: Actor, user: User, standard: str, kind: DutyKind) -> Duty:
    """Let somebody assign, ratify or keep awards for one standard; given twice, it stands once.

    Raises Denied; Refused for a standard nobody loaded.
    """
    with acting("duty.give", actor=actor, subject=None, may=rules.can_give_duties) as act:
        if not StandardVersion.objects.filter(key=standard).exists():
            raise Refused("There is no such standard.", "Load its file first.")
        duty, _ = Duty.objects.get_or_create(user=user, standard=standard, kind=kind)
        act.about(duty)
        act.note(standard=standard, kind=str(kind), person=str(user.person_id))
    return duty


def end_duty(*, actor: Actor, duty: Duty) -> None:
    """Take a duty away; what they did stays done. Raises Denied; Refused when it is gone."""
    with acting("duty.end", actor=actor, subject=duty, may=rules.can_give_duties) as act:
        gone, _ = Duty.objects.filter(pk=duty.pk).delete()
        if not gone:
            raise Refused("They no longer have this duty.", "Reload the page.")
        act.note(standard=duty.standard, kind=duty.kind, person=str(duty.user.person_id))
