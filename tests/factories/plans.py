"""Action plans with some actions, made the way the pages make them."""

from datetime import date
from typing import Any

from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.impact.models import Action, Plan
from benchside.impact.plans import actions
from benchside.organisations.models import Organisation
from tests.factories.organisations import a_member, an_organisation

STARTS, ENDS = date(2026, 1, 1), date(2028, 12, 31)


def a_plan(
    slug: str = "northmoor",
    organisation: Organisation | None = None,
    lead: User | None = None,
    **fields: Any,
) -> tuple[Plan, User]:
    """A plan being written and the lead who writes it."""
    here = organisation or an_organisation(slug)
    lead = lead or a_member(here)
    values = {"title": "Plan for technicians", "starts_on": STARTS, "ends_on": ENDS} | fields
    plan = actions.begin_plan(actor=Actor.of(lead), organisation=here, **values)
    return plan, lead


def an_action(
    plan: Plan, lead: User, title: str = "Give every technician a page", **changes: Any
) -> Action:
    areas = changes.pop("areas", ["visibility"])
    action = actions.propose_action(actor=Actor.of(lead), plan=plan, title=title, areas=areas)
    if changes:
        actions.change_action(actor=Actor.of(lead), action=action, changes=changes)
    return action


def moved(action: Action, lead: User, *verbs: str) -> Action:
    for verb in verbs:
        actions.move_action(actor=Actor.of(lead), action=action, verb=verb, why="As agreed.")
    return action
