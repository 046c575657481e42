"""A made-up, untidy file that waits to be looked over at the made-up university."""

from benchside.accounts.models import DEMONSTRATION_DOMAIN, User
from benchside.core.actions import Actor
from benchside.impact.bringing import actions, example
from benchside.impact.bringing.queries import open_plans
from benchside.impact.models import PlanFile
from benchside.organisations.models import Organisation


def create() -> None:
    university = Organisation.objects.filter(name="Made-Up University").first()
    lead = User.objects.filter(email=f"lead{DEMONSTRATION_DOMAIN}").first()
    if university is None or lead is None:
        return
    plans = open_plans(university)
    if not plans or PlanFile.objects.filter(plan__organisation=university).exists():
        return
    actions.take_in_file(
        actor=Actor.of(lead),
        plan=plans[0],
        data=example.workbook(),
        filename="made-up-plan.xlsx",
    )
