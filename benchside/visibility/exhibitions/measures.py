"""The figures exhibitions publish: visitors to stops at an organisation's own house."""

import datetime

from django.db.models import Sum

from benchside.core.registries import Measure, Measured
from benchside.visibility.exhibitions.enums import StopState
from benchside.visibility.models import VisitorCount


def visitors(organisation_id: int, on: datetime.date) -> Measured | None:
    found = VisitorCount.objects.filter(
        stop__host=organisation_id, stop__state=StopState.PLANNED, day__lte=on
    )
    came = found.aggregate(all=Sum("visitors"))["all"]
    return None if came is None else Measured(value=came)


MEASURES = (
    Measure(
        key="visibility.exhibition_visitors",
        title="Visitors to exhibitions at our place",
        unit="visitors",
        policy="",
        observe=visitors,
        order=50,
    ),
)
