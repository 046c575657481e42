"""What audits and declarations do by the clock. A worker may be killed between any two letters."""

from django.utils import timezone

from benchside.core.schedule import daily
from benchside.core.tasks import each, task
from benchside.recognition.cpd import clock
from benchside.recognition.cpd.enums import ANSWERABLE, CaseState, RunState
from benchside.recognition.models import AuditCase

ALIVE = (*ANSWERABLE, CaseState.SELECTED, CaseState.SUBMITTED, CaseState.DOUBTED, CaseState.FAILED)


@task(attempts=5)
def send_notices(run_id: int) -> None:
    """Tell everybody who was drawn, each once."""
    drawn = AuditCase.objects.filter(run=run_id, state=CaseState.SELECTED)
    for pk in each(list(drawn.values_list("pk", flat=True)), "Letters"):
        clock.notify(pk)


@daily(at="06:10")
@task(attempts=3)
def look_after_audits() -> None:
    """Letters that are due, silence, who left; also the notices a killed worker did not send."""
    today = timezone.localdate()
    open_cases = AuditCase.objects.filter(run__state=RunState.ANNOUNCED, state__in=ALIVE)
    for pk in each(list(open_cases.values_list("pk", flat=True)), "Cases"):
        clock.walk(pk, today)


@daily(at="06:30")
@task(attempts=3)
def ask_for_declarations() -> None:
    """The letters before and after the day a year's declaration is due."""
    today = timezone.localdate()
    for entry, year, days in each(list(clock.declarations_to_ask_for(today)), "Declarations"):
        clock.ask_for_declaration(entry, year, days)
