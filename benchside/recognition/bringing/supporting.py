"""Asking one's employer to pay a fee, and what the employer says. No money passes here."""

from django.utils import timezone

from benchside.core.actions import Actor, Denied, Refused, acting
from benchside.core.permissions import predicate
from benchside.organisations import roles
from benchside.organisations.models import Membership, Organisation
from benchside.recognition.bringing import mails, registered
from benchside.recognition.models import Fee, FeeSupport


@predicate("whoever owes the fee")
def owes(actor: Actor, fee: Fee) -> bool:
    holder = registered.holder_of(fee)
    return (
        actor.account is not None and holder is not None and holder.account_id == actor.account.pk
    )


@predicate("a lead, deputy or HR steward of the employer")
def speaks_for(actor: Actor, organisation: Organisation) -> bool:
    if actor.account is None:
        return False
    live = Membership.objects.live().filter(user_id=actor.account.pk, organisation=organisation)
    return live.filter(role__in=roles.with_right(roles.KEEP_STAFF)).exists()


def ask_employer(*, actor: Actor, fee: Fee, organisation: Organisation) -> FeeSupport:
    """Ask where one works to pay. Afterwards: whoever may answer for it gets a letter. Raises
    Denied; Refused for a fee that is settled, while whoever was asked pays or has not answered, and
    for somebody who does not work there."""
    with acting("fee_support.ask", actor=actor, subject=fee, may=owes) as act:
        held = Fee.objects.select_for_update().get(pk=fee.pk)
        holder = registered.holder_of(fee)
        _refuse_what_nobody_owes(held)
        if holder is None or organisation not in registered.employers_of(holder):
            raise Refused("You are not on their staff list.", "Choose where you work.")
        if any(one.is_open for one in held.asks.all()):
            raise Refused(
                "Somebody was asked already.", "If nobody has answered, you can take it back."
            )
        act.note(organisation=organisation.pk)
        made = FeeSupport.objects.create(fee=held, organisation=organisation)
        mails.asked(made)
    return made


def take_back(*, actor: Actor, fee: Fee) -> None:
    """Take back what nobody has answered: the employer reads it no more, and another can be asked.
    Raises Denied; Refused where nothing waits for an answer."""
    with acting("fee_support.take_back", actor=actor, subject=fee, may=owes) as act:
        held = Fee.objects.select_for_update().get(pk=fee.pk)
        asked = next((one for one in held.asks.all() if one.waits), None)
        if asked is None:
            raise Refused("Nothing waits for an answer.", "What they said stands here.")
        act.note(organisation=asked.organisation_id)
        asked.taken_back_at = timezone.now()
        asked.save(update_fields=["taken_back_at"])


def _refuse_what_nobody_owes(fee: Fee) -> None:
    if fee.state not in registered.UNSETTLED:
        raise Refused("This fee is settled.", "Nothing more is to pay.")
    if not registered.is_owed(fee):
        raise Refused("The application came to nothing.", "Nobody has to pay for it.")


def _refuse_who_asks_no_more(asked: FeeSupport, fee: Fee) -> None:
    if asked.taken_back_at is not None:
        raise Refused("They took it back.", "There is nothing to answer.")
    holder = registered.holder_of(fee)
    if holder is None or asked.organisation not in registered.employers_of(holder):
        raise Refused("They are not on your staff list now.", "They ask where they work.")


def answer_support(*, actor: Actor, support: FeeSupport, pays: bool, reference: str = "") -> None:
    """Say that they pay, and the payer stands on the fee; or that they do not. Afterwards:
    whoever asked gets a letter.

    Raises Denied; Refused for whoever asked, once it was answered or taken back, they work there no
    more, the fee is settled or came to nothing.
    """
    verb = "fee_support.yes" if pays else "fee_support.no"
    here = support.organisation
    if actor.person_id is None:
        raise Denied(verb)
    with acting(verb, actor=actor, subject=here, may=speaks_for):
        fee = Fee.objects.select_for_update().get(pk=support.fee_id)
        held = FeeSupport.objects.select_for_update().get(pk=support.pk)
        if owes(actor, fee):
            raise Refused("You asked this yourself.", "Somebody else who may answers it.")
        if held.answered_at is not None:
            raise Refused("This was answered already.", "The answer stands below.")
        _refuse_who_asks_no_more(held, fee)
        _refuse_what_nobody_owes(fee)
        held.is_paid_by_them, held.answered_at = pays, timezone.now()
        held.answered_by = actor.person_id
        held.save(update_fields=["is_paid_by_them", "answered_at", "answered_by"])
        if pays:
            fee.payer = here.name[:120]
            fee.reference = " ".join(reference.split())[:60] or fee.reference
            fee.save(update_fields=["payer", "reference"])
        mails.answered(held)
