"""Figures of CPD."""

import datetime

from django.db.models import F, Q
from django.utils import timezone

from benchside.core.registries import Measure, Measured
from benchside.organisations.models import Employment
from benchside.recognition.cpd.declaring import last_due
from benchside.recognition.cpd.population import standing
from benchside.recognition.models import AnnualDeclaration, Register


def on_time(organisation_id: int, on: datetime.date) -> Measured | None:
    """Of an organisation's technicians who stand on a register and owed its last declaration, how
    many made it in time; whoever is on two registers owes two, and is in time with both or is not.
    Known of today alone; None where nobody owed one."""
    if on < timezone.localdate():
        return None
    people = Employment.objects.current().filter(organisation_id=organisation_id)
    owed: set[int | None] = set()
    late: set[int | None] = set()
    for register in Register.objects.all():
        rule = register.rules.cpd_on(on)
        if rule is None:
            continue
        year, due = last_due(on, rule.declare_by)
        if due < rule.valid_from:
            continue
        owing = standing(register).filter(
            admitted_on__lte=due, award__technician__in=people.values("technician")
        )
        owing = owing.filter(~Q(award__state__in=rule.not_audited))
        in_time = AnnualDeclaration.objects.filter(
            entry__in=owing, year=year, made_at__date__lte=F("due_on")
        )
        who = "award__technician"
        owed |= set(owing.values_list(who, flat=True))
        missed = owing.exclude(pk__in=in_time.values("entry"))
        late |= set(missed.values_list(who, flat=True))
    return Measured(value=len(owed - late), people=len(owed)) if owed else None


MEASURES = (
    Measure(
        key="recognition.cpd_on_time",
        title="CPD declared on time",
        unit="technicians",
        policy="workforce",
        observe=on_time,
        order=44,
    ),
)
