"""How an action goes, in a colour and in words."""

from django.utils import timezone

from benchside.core.actions import Actor, Refused, acting
from benchside.impact.enums import Delivery
from benchside.impact.models import Action, ProgressNote
from benchside.impact.plans import rules
from benchside.impact.plans.actions.writing import apply, checked, refuse_closed


def say_delivery(*, actor: Actor, action: Action, delivery: str, why: str = "") -> None:
    """Say how delivery goes. Raises Refused for Amber or Red without a reason, Denied."""
    refuse_closed(action.plan)
    values = _delivery(delivery, why)
    with acting("action.deliver", actor=actor, subject=action, may=rules.can_say) as act:
        apply(actor, action, values)
        act.note(delivery=delivery)


def write_note(
    *,
    actor: Actor,
    action: Action,
    text: str = "",
    delivery: str = "",
    is_public: bool = False,
) -> ProgressNote:
    """A note of progress, with how delivery goes where the writer says it.

    With Amber and Red the note is the reason. Raises Refused for nothing said; Denied.
    """
    refuse_closed(action.plan)
    text = text.strip()
    if not text and not delivery:
        raise Refused("Nothing is said yet.", "Choose how it goes, or write a line.")
    values = _delivery(delivery, text[:500]) if delivery else {}
    with acting("action.note", actor=actor, subject=action, may=rules.can_say) as act:
        if values:
            apply(actor, action, values)
        note = ProgressNote.objects.create(
            action=action,
            text=text[:2000] or Delivery(delivery).label,
            delivery=delivery,
            is_public=is_public and rules.can_keep(actor, action),
            written_by=actor.person_id,
            written_at=timezone.now(),
        )
        act.note(delivery=delivery)
    return note


def _delivery(delivery: str, why: str) -> dict[str, str]:
    if delivery not in Delivery.values:
        raise Refused("This is none of Blue, Green, Amber, Red.", "Choose one of the four.")
    return checked({"delivery": delivery, "delivery_why": why.strip()})
