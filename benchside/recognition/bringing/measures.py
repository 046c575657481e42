"""Figures of registers, for an organisation's technicians."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from django.db.models import Q

from benchside.assessment.models import AwardEvent
from benchside.core.registries import Measure, Measured
from benchside.recognition.bringing import registered
from benchside.recognition.models import RegisterApplication
from benchside.recognition.registers.loading import shipped

Observe = Callable[[int, datetime.date], Measured | None]
LAPSED = "lapsed"  # the state of registers' files in which a registration ran out


def on_registers(organisation_id: int, on: datetime.date, standard: str = "") -> Measured | None:
    """How many of its technicians stand on a register, or on one of them; None without any."""
    keys = [one for one in registered.standards() if standard in {"", one}]
    if not keys:
        return None
    count, people = registered.registered_on(organisation_id, on, keys)
    return Measured(value=count, people=people)


def in_progress(organisation_id: int, on: datetime.date) -> Measured | None:
    """How many have an application that was begun by a day and not decided by then."""
    if not registered.standards():
        return None
    staff = registered.staff_of(organisation_id, on).values("technician")
    found = RegisterApplication.objects.filter(
        Q(submission__closed_at__isnull=True) | Q(submission__closed_at__date__gt=on),
        submission__technician__in=staff,
        submission__created_at__date__lte=on,
    )
    count = found.order_by().values("submission__technician").distinct().count()
    return Measured(value=count, people=staff.count())


def lapsed(organisation_id: int, on: datetime.date) -> Measured | None:
    """How many lapsed in the year up to a day, also if they came back since."""
    keys = registered.standards()
    if not keys:
        return None
    staff = registered.staff_of(organisation_id, on).values("technician")
    events = AwardEvent.objects.filter(
        award__version__key__in=keys,
        award__technician__in=staff,
        target=LAPSED,
        effective_on__gt=on - datetime.timedelta(days=365),
        effective_on__lte=on,
    )
    count = events.order_by().values("award__technician").distinct().count()
    return Measured(value=count, people=staff.count())


def _measure(key: str, title: str, observe: Observe, order: int) -> Measure:
    return Measure(
        key=f"recognition.{key}",
        title=title,
        unit="technicians",
        policy="workforce",
        observe=observe,
        order=order,
    )


def every() -> Iterator[Measure]:
    """One for all registers together, one for each that comes with the program."""
    yield _measure("registered", "Technicians on a professional register", on_registers, 41)
    for place, one in enumerate(shipped()):
        key = f"registered_{one.key.replace('-', '_')}"
        observe = partial(on_registers, standard=one.standard)
        yield _measure(key, f"On the register: {one.name}", observe, 42 + place)
    yield _measure("applying", "Technicians applying to a register", in_progress, 60)
    yield _measure("lapsed", "Registrations lapsed in the last year", lapsed, 61)
