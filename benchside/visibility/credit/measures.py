"""The figures credit publishes: true ones, shown through the policy. Each person counts once."""

import datetime

from benchside.core.registries import Measure, Measured
from benchside.organisations.measures import identified
from benchside.visibility.credit.figures import confirmed_on

WORKFORCE = "workforce"


def contributions_confirmed(organisation_id: int, on: datetime.date) -> Measured | None:
    """Parts in outputs that their lead authors have confirmed."""
    if identified(organisation_id, on) is None:
        return None
    return Measured(value=confirmed_on(organisation_id, on).count())


def technicians_credited(organisation_id: int, on: datetime.date) -> Measured | None:
    """People with a confirmed part in any output, of all on the list."""
    all_of_them = identified(organisation_id, on)
    if all_of_them is None:
        return None
    found = confirmed_on(organisation_id, on)
    credited = found.order_by().values("technician").distinct().count()
    return Measured(value=credited, people=int(all_of_them.value))


MEASURES = (
    Measure(
        key="visibility.contributions_confirmed",
        title="Contributions confirmed by a lead author",
        unit="contributions",
        policy=WORKFORCE,
        observe=contributions_confirmed,
        order=70,
    ),
    Measure(
        key="visibility.technicians_credited",
        title="Technicians credited in an output",
        unit="people",
        policy=WORKFORCE,
        observe=technicians_credited,
        order=80,
    ),
)
