"""The figures this room publishes. They are the catalogue's own, the same for everybody."""

import datetime

from benchside.careers.models import Role
from benchside.careers.queries import stale_facts
from benchside.core.registries import Measure, Measured


def roles_live(organisation_id: int, on: datetime.date) -> Measured:
    return Measured(value=Role.objects.filter(live=True).count())


def facts_stale(organisation_id: int, on: datetime.date) -> Measured:
    return Measured(value=len(stale_facts(on)))


MEASURES = (
    Measure(
        key="careers.roles_live",
        title="Technician roles to explore",
        unit="roles",
        policy="",
        observe=roles_live,
    ),
    Measure(
        key="careers.facts_stale",
        title="Facts of the catalogue to check again",
        unit="facts",
        policy="",
        observe=facts_stale,
    ),
)
