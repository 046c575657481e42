"""Coming back for a fee: a registrar agrees, the fee is written down, and with it settled it is
done by itself, as a renewal is."""

from collections.abc import Collection
from datetime import date, timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone

from benchside.assessment.limits import whole
from benchside.core.actions import SYSTEM, Actor, Refused, acting
from benchside.core.states import move
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, EntryRequest, Fee
from benchside.recognition.registers.actions import waive_fee
from benchside.recognition.registry import life, mails, rules
from benchside.recognition.registry.actions.moves import (
    move_entry,
    refuse_beside_proposal,
    refuse_undoable,
)
from benchside.recognition.registry.enums import RequestState
from benchside.recognition.registry.life import Step
from benchside.recognition.registry.states import REQUESTS


def agree_to_return(
    *, actor: Actor, entry: Entry, verb: str, reason: str = "", confirmed: Collection[str] = ()
) -> EntryRequest:
    """Let somebody come back who has not asked here: as if they had, and it was agreed to.

    Raises Denied; Refused when it could not be done, or something is asked for already.
    """
    with acting("entry.agree_return", actor=actor, subject=entry, may=rules.can_keep) as act:
        try:
            with transaction.atomic():
                made = EntryRequest.objects.create(entry=entry, verb=verb, reason=reason)
        except IntegrityError as error:
            raise Refused("They have asked for something already.", "Answer that first.") from error
        agree(actor=actor, request=made, confirmed=confirmed)
        act.note(request=made.pk, verb=verb)
    return made


def agree(
    *, actor: Actor, request: EntryRequest, confirmed: Collection[str] = (), answer: str = ""
) -> None:
    """Agree to what is asked for a fee, which is written down. Afterwards: the person gets a
    letter. Raises Denied, NoSuchMove, Overtaken; Refused when it could not be done, and while
    something waits for a second person."""
    entry, today = request.entry, timezone.localdate()
    step = life.step_of(entry, request.verb)
    if step is None or not step.fee:
        raise Refused("This is not there to be agreed to.", "Look at what state the entry is in.")
    refuse_undoable(step, today, request.reason, confirmed)
    with transaction.atomic():
        refuse_beside_proposal(Entry.objects.select_for_update().get(pk=entry.pk))
        fee = Fee.objects.create(
            entry=entry,
            kind=FeeKind.REINSTATEMENT,
            amount=step.fee,
            due_on=_due(entry, step, today),
        )
        said = {
            "fee": fee,
            "confirmed": [one for one in step.move.needs if one in confirmed],
            "answer": whole(answer, 2000, "The answer"),
        }
        move(table=REQUESTS, subject=request, verb="agree", actor=actor, columns=said)
        mails.return_agreed(request)


def _due(entry: Entry, step: Step, today: date) -> date:
    """As long as a new fee may stay unpaid, and no longer than the way back is open."""
    due = today + timedelta(days=entry.register.rules.unpaid_days)
    return min(due, step.last) if step.last else due


def come_back_if_ready(*, entry: Entry) -> bool:
    """Do what was agreed to once its fee is settled; the same however often it is called."""
    found = entry.requests.filter(state=RequestState.AGREED).select_related("fee")
    request = found.first()
    if request is None or request.fee is None or not request.fee.is_settled:
        return False
    request.entry = entry
    try:
        with transaction.atomic():
            move(table=REQUESTS, subject=request, verb="grant", actor=SYSTEM)
            move_entry(
                actor=SYSTEM,
                entry=entry,
                verb=request.verb,
                reason=request.reason,
                effective_on=_day(entry, request, request.fee),
                confirmed=request.confirmed,
                detail={"request": request.pk, "fee": request.fee.pk},
            )
    except Refused:
        return False
    return True


def _day(entry: Entry, request: EntryRequest, fee: Fee) -> date:
    """Today; the day the money came, where the way back has shut since."""
    today, step = timezone.localdate(), life.step_of(entry, request.verb)
    paid = fee.settled_on or today
    if step is None or step.last is None or today <= step.last:
        return today
    return max(paid, life.began(entry))


def close_unpaid_return(*, actor: Actor, request: EntryRequest) -> bool:
    """Close what was agreed to and can no longer be done. False where there is nothing to close.
    Raises Denied for anybody but the clock."""
    entry = request.entry
    if come_back_if_ready(entry=entry):
        return False
    step = life.step_of(entry, request.verb)
    if step is not None and step.is_open(timezone.localdate()):
        return False
    with transaction.atomic():
        move(table=REQUESTS, subject=request, verb="close", actor=actor)
        drop_fee(request, "The time to come back is over.")
    return True


def drop_fee(request: EntryRequest, why: str) -> None:
    """The fee of what is not done is asked for no more. One that is paid is the registrar's."""
    if request.fee is not None and not request.fee.is_settled:
        waive_fee(actor=SYSTEM, fee=request.fee, why=why)
