"""What a registrar does with a fee, of an application or of an entry: its buttons and its forms."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest

from benchside.core.actions import Actor
from benchside.recognition.models import Fee
from benchside.recognition.registers import actions, queries
from benchside.recognition.registers import forms as own
from benchside.recognition.registers.states import FEES

Form = forms.Form | None
Do = Callable[[Actor, dict[str, Any]], str]
FEE_FORMS: dict[str, type[forms.Form]] = {
    "invoice": own.InvoiceForm, "pay": own.PaidForm, "waive": own.WaiveForm,
}  # fmt: skip


def fee_verb(request: HttpRequest, verb: str, fee: Fee) -> tuple[Do | None, Form]:
    form = FEE_FORMS[verb](request.POST, prefix=f"fee{fee.pk}") if verb in FEE_FORMS else None

    def invoice(who: Actor, said: dict[str, Any]) -> str:
        actions.invoice_fee(actor=who, fee=fee, **said)
        return "The invoice is written down."

    def pay(who: Actor, said: dict[str, Any]) -> str:
        actions.pay_fee(actor=who, fee=fee, **said)
        return "It is paid."

    def waive(who: Actor, said: dict[str, Any]) -> str:
        actions.waive_fee(actor=who, fee=fee, **said)
        return "It is asked for no more."

    def take_back(who: Actor, _: dict[str, Any]) -> str:
        actions.take_back_invoice(actor=who, fee=fee)
        return "The invoice is taken back."

    def correct(who: Actor, _: dict[str, Any]) -> str:
        actions.correct_fee(actor=who, fee=fee)
        return "It is due again."

    doing: dict[str, Do] = {
        "invoice": invoice, "pay": pay, "waive": waive, "take-back": take_back, "correct": correct,
    }  # fmt: skip
    return doing.get(verb), form


def _came_perhaps_in_time(fee: Fee) -> bool:
    """Of what was closed unpaid: the day it came is asked for, and decides."""
    one = fee.application
    return one is not None and one.unpaid_at is not None and not queries.done_anew(one)


def fee_forms(who: Actor, fee: Fee, tried: Form, pressed: str) -> list[tuple[str, str, Form]]:
    """Each verb that can be done with it now: its key, its words, its form."""
    words = {
        "invoice": "Write down the invoice", "pay": "Mark it as paid", "waive": "Ask no more",
        "take-back": "Take the invoice back", "correct": "It was a mistake: due again",
    }  # fmt: skip
    found: list[tuple[str, str, Form]] = []
    for verb in FEES.verbs(who, fee):
        unmet = any(not need.met(fee) for need in FEES.row(fee.state, verb).needs)
        if unmet and not (verb == "pay" and _came_perhaps_in_time(fee)):
            continue
        form: Form = None
        if pressed == f"{verb}:{fee.pk}":
            form = tried
        elif verb in FEE_FORMS:
            form = FEE_FORMS[verb](prefix=f"fee{fee.pk}")
        found.append((verb, words[verb], form))
    return found
