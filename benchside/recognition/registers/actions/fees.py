"""Fees: recorded, never taken by card. With the last one settled, whoever was approved is put on
the register."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from benchside.assessment.limits import whole
from benchside.core.actions import Actor, Refused
from benchside.core.registries import publish
from benchside.core.states import move
from benchside.recognition.events import FEE_SETTLED
from benchside.recognition.models import Fee, RegisterApplication
from benchside.recognition.registers.actions.admission import admit_when_settled
from benchside.recognition.registers.states import FEES


def invoice_fee(
    *, actor: Actor, fee: Fee, reference: str, payer: str = "", due_on: date | None = None
) -> None:
    """Write down that an invoice went out, to the person or to `payer`, who pays for them.

    Raises Denied, NoSuchMove; Refused without the invoice's reference.
    """
    reference = whole(reference, 60, "The reference")
    if not reference:
        raise Refused("The invoice’s reference is missing.", "It stands at the top of the invoice.")
    columns = {"reference": reference, "payer": whole(payer, 120, "The payer")}
    if due_on is not None:
        columns["due_on"] = due_on  # type: ignore[assignment]
    move(table=FEES, subject=fee, verb="invoice", actor=actor, columns=columns)


def take_back_invoice(*, actor: Actor, fee: Fee) -> None:
    """The invoice was wrong: it is due again without one. Raises Denied, NoSuchMove."""
    move(
        table=FEES,
        subject=fee,
        verb="take-back",
        actor=actor,
        columns={"reference": "", "payer": ""},
        detail={"reference": fee.reference},
    )


def pay_fee(*, actor: Actor, fee: Fee, on: date | None = None) -> None:
    """Write down that it was paid, on a day that is not to come. Afterwards: whoever was approved
    and owes nothing more is on the register. Raises Denied, NoSuchMove, NeedsMore, Refused."""
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("That day is still to come.", "Give the day the money came.")
    _settle(actor, fee, "pay", {"settled_on": day})


def waive_fee(*, actor: Actor, fee: Fee, why: str) -> None:
    """Ask for it no more, and say why. Afterwards: as when it is paid.

    Raises Denied, NoSuchMove, NeedsMore; Refused without a reason.
    """
    said = whole(why, 200, "The reason")
    if not said:
        raise Refused("You have not said why.", "Write it: whoever looks at the books reads it.")
    _settle(actor, fee, "waive", {"settled_on": timezone.localdate(), "why": said})


def _settle(actor: Actor, fee: Fee, verb: str, columns: dict[str, object]) -> None:
    with transaction.atomic():
        if fee.application_id is not None:  # so that it is not closed unpaid meanwhile
            held = RegisterApplication.objects.select_for_update(of=("self",))
            fee.application = held.select_related("submission__version").get(pk=fee.application_id)
        move(table=FEES, subject=fee, verb=verb, actor=actor, columns=columns)
        publish(
            FEE_SETTLED.key,
            fee=fee.pk,
            kind=fee.kind,
            application=fee.application_id,
            entry=fee.entry_id,
        )
        if fee.application is not None:
            admit_when_settled(actor=actor, application=fee.application)


def correct_fee(*, actor: Actor, fee: Fee) -> None:
    """It was written down as paid or waived by mistake: it is due again. Raises Denied,
    NoSuchMove; NeedsMore once somebody was put on the register by it."""
    move(
        table=FEES,
        subject=fee,
        verb="correct",
        actor=actor,
        columns={"settled_on": None, "settled_by": None, "why": ""},
        detail={"was": fee.state},
    )
