"""Figures of marks, and how a school stands with them."""

import datetime

from django.utils import timezone

from benchside.assessment.awarding import queries as awarding
from benchside.core.registries import AreaReport, Measure, Measured, Standing
from benchside.core.sitting import Sitting
from benchside.recognition.models import Application, Mark


def held(organisation_id: int, on: datetime.date) -> Measured | None:
    """How many marks it holds on a day, as the awards' events say; None where there are none."""
    keys = list(Mark.objects.values_list("standard", flat=True))
    if not keys:
        return None
    found = awarding.holders(keys, on=on).filter(organisation=organisation_id)
    return Measured(value=found.count())


MEASURES = (
    Measure(
        key="recognition.marks_held",
        title="Quality marks held",
        unit="marks",
        policy="",  # of organisations, not of people
        observe=held,
        order=40,
    ),
)


def standing(sitting: Sitting) -> Standing | None:
    today = timezone.localdate()
    keys = list(Mark.objects.values_list("standard", flat=True))
    mine = awarding.holders(keys).filter(organisation=sitting.organisation_id)
    count = mine.count()
    if count:
        names = ", ".join(one.version.title for one in mine)
        return Standing(done=count, total=count, words=f"Holds: {names}", as_of=today)
    last = (
        Application.objects.filter(submission__organisation=sitting.organisation_id)
        .select_related("submission", "mark")
        .first()
    )
    if last is None:
        return None
    words = f"{last.mark.name}: {last.submission.get_state_display().lower()}"
    return Standing(done=0, total=1, words=words, as_of=today)


REPORT = AreaReport(key="recognition.marks", area="recognition", standing=standing)
