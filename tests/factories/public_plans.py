"""Public plans, with a mark in every field that must never leave the workspace."""

from datetime import date
from typing import Any

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.impact.enums import SignatoryState
from benchside.impact.models import Action, Charter, Cohort, Cycle, Plan, Signatory, Suggestion
from benchside.impact.plans import actions as plans
from benchside.impact.published.actions import publish_plan
from benchside.organisations.models import Organisation
from tests.factories.organisations import an_organisation
from tests.factories.plans import a_plan, an_action


def a_charter(slug: str = "made-up", **fields: Any) -> Charter:
    values = {"name": "Made-Up Charter", "owner": "Made-Up Board"} | fields
    return Charter.objects.get_or_create(slug=slug, defaults=values)[0]


def a_cycle(organisation: Organisation, charter: Charter, stage: int = 1) -> Cycle:
    """A stage of an announced signatory, in the cohort of spring."""
    day = date(2025, 5, 1)
    cohort = Cohort.objects.get_or_create(
        charter=charter, title="Spring 2025", defaults={"announced_on": day}
    )[0]
    signatory = Signatory.objects.get_or_create(
        charter=charter,
        organisation=organisation,
        defaults={
            "state": SignatoryState.ANNOUNCED,
            "announced_on": day,
            "cohort": cohort,
            "contact_name": "Connie Contact",
            "contact_email": f"contact@{organisation.slug}.example",
        },
    )[0]
    due = date(2026 + stage, 7, 31)
    dates = {"plan_months": 24, "first_due_on": due, "due_on": due}
    return Cycle.objects.get_or_create(signatory=signatory, stage=stage, defaults=dates)[0]


def agree(plan: Plan, lead: User) -> Plan:
    plans.agree_plan(actor=Actor.of(lead), plan=plan)
    return plan


def a_public_plan(
    slug: str = "northmoor",
    *,
    charter: Charter | None = None,
    stage: int = 1,
    actions: int = 2,
    suggested: bool = False,
    **fields: Any,
) -> tuple[Plan, User]:
    """Agreed and published, under a charter if there is one."""
    found = Organisation.objects.filter(slug=slug).first()
    here = found or an_organisation(slug)
    has_lead = here.memberships.filter(role="lead").exists()
    if charter is not None:
        fields["cycle"] = a_cycle(here, charter, stage)
    plan, lead = another_plan(here, **fields) if has_lead else a_plan(organisation=here, **fields)
    for number in range(actions):
        an_action(plan, lead, f"Do the {number + 1}. thing", themes=["wellbeing"])
    agree(plan, lead)
    publish_plan(actor=Actor.of(lead), plan=plan)
    if suggested:
        Suggestion.objects.create(plan=plan, title="Seats on the safety committee")
    return plan, lead


def another_plan(here: Organisation, **fields: Any) -> tuple[Plan, User]:
    """Of an organisation that has a lead already."""
    lead = here.memberships.filter(role="lead")[0].user
    return a_plan(organisation=here, lead=lead, **({"title": "Next plan"} | fields))


def agreed(action: Action, lead: User) -> Action:
    plans.move_action(actor=Actor.of(lead), action=action, verb="agree")
    return action
