"""Figures of registers, for an organisation's technicians."""

import datetime
from collections.abc import Callable, Iterator
from functools import partial

from benchside.assessment.models import AwardEvent
from benchside.core.registries import Measure, Measured
from benchside.recognition.bringing import registered
from benchside.recognition.models import Register

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
    count = registered.people_of(registered.applying(staff, on))
    return Measured(value=count, people=staff.count())


def lapsed(organisation_id: int, on: datetime.date) -> Measured | None:
    """How many lapsed in the year up to a day, also if they came back since."""
    keys = registered.standards()
    if not keys:
        return None
    staff = registered.staff_of(organisation_id, on).values("technician")
    events = AwardEvent.objects.changes().filter(
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
    """Those of all registers together."""
    yield _measure("registered", "Technicians on a professional register", on_registers, 41)
    yield _measure("applying", "Technicians applying to a register", in_progress, 60)
    yield _measure("lapsed", "Registrations lapsed in the last year", lapsed, 61)


def of_each_register() -> Iterator[Measure]:
    """One for each register there is, one that was added as data today too."""
    registers = Register.objects.order_by("pk").values_list("slug", "standard", "name")
    for slug, standard, name in registers:
        key = f"registered_{slug.replace('-', '_')}"
        observe = partial(on_registers, standard=standard)
        yield _measure(key, f"On the register: {name}", observe, 42)
