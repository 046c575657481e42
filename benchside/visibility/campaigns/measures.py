"""The figures campaigns publish, of an organisation; the team's own stand at the desk."""

import datetime

from django.db.models import Q

from benchside.core.registries import Measure, Measured
from benchside.visibility.models import Pledge


def days_joined(organisation_id: int, on: datetime.date) -> Measured | None:
    """Campaign days an organisation had joined by a date, past ones included."""
    found = Pledge.objects.filter(organisation=organisation_id, confirmed_at__date__lte=on)
    stayed = found.filter(Q(left_at__isnull=True) | Q(left_at__date__gt=on))
    count = stayed.values("day").distinct().count()
    return Measured(value=count) if count else None


MEASURES = (
    Measure(
        key="visibility.campaign_days",
        title="Campaign days joined",
        unit="days",
        policy="",
        observe=days_joined,
        order=100,
    ),
)
