"""What can be asked of files that hold plans, in one organisation."""

from django.db.models import QuerySet

from benchside.impact.enums import PlanState
from benchside.impact.models import Plan, PlanFile
from benchside.organisations.models import Organisation


def files_of(organisation: Organisation) -> QuerySet[PlanFile]:
    """The latest first; not what they hold."""
    found = PlanFile.objects.filter(plan__organisation=organisation)
    return found.select_related("plan").defer("tables", "answers", "settled")


def file_of(organisation: Organisation) -> QuerySet[PlanFile]:
    found = PlanFile.objects.filter(plan__organisation=organisation)
    return found.select_related("plan__organisation")


def open_plans(organisation: Organisation) -> list[Plan]:
    """Those that a file can be brought into: what is closed is not changed."""
    found = Plan.objects.filter(organisation=organisation).exclude(state=PlanState.CLOSED)
    return list(found.order_by("-starts_on", "-pk"))
