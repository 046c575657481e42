"""What can be asked of the engine."""

from collections.abc import Iterator
from datetime import date

from benchside.assessment.actions.awards import link_of, period_of
from benchside.assessment.chain import Broken, verify
from benchside.assessment.models import Award, AwardEvent


def state_on(award: Award, day: date) -> str | None:
    """The state an award was in on a day, as its events say; None before it was granted."""
    begun = award.events.filter(effective_on__lte=day).order_by("-number")
    last: AwardEvent | None = begun.first()
    return last.target if last else None


def faults_of(award: Award) -> Iterator[Broken]:
    """Where an award's chain does not hold, or its record says something else than its end."""
    events = sorted(award.events.all(), key=lambda event: event.number)  # perhaps fetched before
    yield from verify(link_of(event) for event in events)
    if not events or events[-1].target != award.state:
        yield Broken(len(events), "is not the state that stands in the record")
    periods = [event.detail["period"] for event in events if "period" in event.detail]
    if periods and periods[-1] != period_of(award):
        yield Broken(len(events), "is not of the period that stands in the record")
