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
from benchside.recognition.registers.actions.admission import (
    admit_when_settled,
    open_if_in_time,
)
from benchside.recognition.registers.states import FEES


def invoice_fee(
    *, actor: Actor, fee: Fee, reference: str, payer: str = "", due_on: date | None = None
) -> None:
    """Write down that an invoice went out, to the person or to `payer`, who pays for them.

    Raises Denied, NoSuchMove; Refused without the invoice's reference, and for a day to pay that is
    over, or after the last one there is.
    """
    reference = whole(reference, 60, "The reference")
    if not reference:
        raise Refused("The invoice’s reference is missing.", "It stands at the top of the invoice.")
    columns: dict[str, object] = {"reference": reference, "payer": whole(payer, 120, "The payer")}
    if due_on is not None:
        _refuse_day(fee, due_on)
        columns["due_on"] = due_on
    move(table=FEES, subject=fee, verb="invoice", actor=actor, columns=columns)


def _refuse_day(fee: Fee, day: date) -> None:
    last = fee.application.pay_by if fee.application else None
    if day < timezone.localdate():
        raise Refused("That day to pay is over.", "Give today, or a day to come.")
    if last is not None and day > last:
        raise Refused(
            f"The last day to pay is {last:%-d %B %Y}.", "Give that day, or an earlier one."
        )


def take_back_invoice(*, actor: Actor, fee: Fee) -> None:
    """The invoice was wrong: it is due again without one, and without the day it named.

    Raises Denied, NoSuchMove.
    """
    columns: dict[str, object] = {"reference": "", "payer": ""}
    if fee.application is not None:
        columns["due_on"] = fee.application.pay_by
    move(
        table=FEES,
        subject=fee,
        verb="take-back",
        actor=actor,
        columns=columns,
        detail={"reference": fee.reference},
    )


def pay_fee(*, actor: Actor, fee: Fee, on: date | None = None) -> None:
    """Write down that it was paid, on a day since it was asked for that is not to come. Afterwards:
    whoever was approved and owes nothing more is on the register, also where the money came in time
    and this is only written down after it was closed.

    Raises Denied, NoSuchMove, NeedsMore; Refused for another day.
    """
    day = on or timezone.localdate()
    if day > timezone.localdate():
        raise Refused("That day is still to come.", "Give the day the money came.")
    first = timezone.localdate(fee.made_at)
    if day < first:
        raise Refused(
            "The fee was not asked for yet on that day.", f"Give {first:%-d %B %Y}, or a later day."
        )
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
            found = held.select_related("register", "submission__version", "submission__technician")
            fee.application = found.get(pk=fee.application_id)
            day = columns["settled_on"]
            if verb == "pay" and isinstance(day, date):
                open_if_in_time(actor=actor, application=fee.application, day=day)
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
