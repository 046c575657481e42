"""Concerns about somebody's conduct, as far as a test needs them."""

from typing import Any

from django.utils import timezone

from benchside.core.actions import VISITOR
from benchside.recognition.models import ConductCase, Entry
from benchside.recognition.registry import actions
from tests.factories.registry import Desk, holder_of


def looked_into(desk: Desk, entry: Entry, said: str = "A logbook") -> ConductCase:
    case = actions.raise_concern(actor=VISITOR, entry=entry, said=said)
    actions.look_into(actor=desk.registrar, case=case, told=f"{said} is said to be changed.")
    return case


def suspended_meanwhile(desk: Desk, case: ConductCase) -> ConductCase:
    proposal = actions.propose_interim(actor=desk.registrar, case=case, words="At risk.")
    actions.confirm_move(actor=desk.ratifier, proposal=proposal)
    return fresh(case)


def proposed(desk: Desk, case: ConductCase, outcome: str, **more: Any) -> ConductCase:
    case = fresh(case)
    if case.state == "looked-into":
        actions.find_case(actor=desk.registrar, case=case)
    if case.state != "hearing":
        day = timezone.localdate()
        actions.call_hearing(actor=desk.registrar, case=case, hearing_on=day)
    actions.propose_decision(
        actor=desk.registrar, case=case, outcome=outcome, reasons="It was shown.", **more
    )
    return case


def confirmed(desk: Desk, case: ConductCase) -> ConductCase:
    decision = fresh(case).decisions.get(confirmed_at__isnull=True, sent_back_at__isnull=True)
    actions.confirm_decision(actor=desk.ratifier, decision=decision)
    return fresh(case)


def decided(desk: Desk, case: ConductCase, outcome: str, **more: Any) -> ConductCase:
    return confirmed(desk, proposed(desk, case, outcome, **more))


def overturned(desk: Desk, case: ConductCase) -> ConductCase:
    case = fresh(case)
    actions.appeal_decision(actor=holder_of(case.entry), case=case, grounds="I was away.")
    actions.hear_appeal(actor=desk.other_ratifier, case=case, upheld=True, words="So it was.")
    return fresh(case)


def fresh(case: ConductCase) -> ConductCase:
    found = ConductCase.objects.select_related("entry__award__version", "entry__register")
    return found.get(pk=case.pk)
