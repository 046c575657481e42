"""What can be done with registers, applications and fees, one function a verb."""

from benchside.recognition.registers.actions.admission import (
    admit,
    admit_when_settled,
    close_unmet,
    close_unpaid,
    take_up_approval,
    why_not_unmet,
)
from benchside.recognition.registers.actions.applying import begin_application, refuse_to_begin
from benchside.recognition.registers.actions.checking import (
    arrange_interview,
    ask_adjustments,
    check_application,
    record_interview,
    set_aside_interview,
    take_in,
    why_not_record,
)
from benchside.recognition.registers.actions.details import change_details, correct_details
from benchside.recognition.registers.actions.fees import (
    correct_fee,
    invoice_fee,
    pay_fee,
    take_back_invoice,
    waive_fee,
)
from benchside.recognition.registers.actions.owing import owe
from benchside.recognition.registers.actions.setting_up import (
    end_licence,
    give_licence,
    load_register,
    open_or_close,
)

__all__ = [
    "admit",
    "admit_when_settled",
    "arrange_interview",
    "ask_adjustments",
    "begin_application",
    "change_details",
    "check_application",
    "close_unmet",
    "close_unpaid",
    "correct_details",
    "correct_fee",
    "end_licence",
    "give_licence",
    "invoice_fee",
    "load_register",
    "open_or_close",
    "owe",
    "pay_fee",
    "record_interview",
    "refuse_to_begin",
    "set_aside_interview",
    "take_back_invoice",
    "take_in",
    "take_up_approval",
    "waive_fee",
    "why_not_record",
    "why_not_unmet",
]
