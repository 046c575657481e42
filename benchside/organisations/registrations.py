"""What this room offers the others, registered at start-up."""

import uuid

from benchside.accounts.enums import Purpose
from benchside.accounts.offers import Offer, offers
from benchside.core.actions import Actor
from benchside.core.registries import (
    area_reports,
    belongings,
    measures,
    membership_roles,
    personal_data_exports,
    todo_sources,
    workspace_tabs,
)
from benchside.organisations import actions, request_states, staff_states, workspace
from benchside.organisations.belongings import CONTACT, UNITS
from benchside.organisations.equipment import offers as equipment
from benchside.organisations.exports import ORGANISATIONS
from benchside.organisations.measures import MEASURES
from benchside.organisations.models import RoleInvitation
from benchside.organisations.records import move_employments
from benchside.organisations.roles import ROLES
from benchside.people.joining import movers

__all__ = [
    "register",
    "request_states",
    "staff_states",
]  # named, so that its tables are known from the start


def landing(invitation_id: int) -> str:
    asked = RoleInvitation.objects.select_related("organisation").get(invitation=invitation_id)
    return asked.organisation.get_absolute_url()


def accepted(invitation_id: int, person_id: uuid.UUID) -> None:
    found = RoleInvitation.objects.select_related("organisation", "unit")
    asked = found.get(invitation=invitation_id)
    holder = Actor.holding_link(scope=f"role:{asked.pk}", person_id=person_id)
    actions.take_up_role(actor=holder, asked=asked)


def register() -> None:
    movers.append(move_employments)
    offers.register(Offer(key=Purpose.ROLE, accepted=accepted, landing=landing))
    personal_data_exports.register(ORGANISATIONS)
    for role in ROLES:
        membership_roles.register(role)
    for belonging in (CONTACT, UNITS):
        belongings.register(belonging)
    for measure in MEASURES:
        measures.register(measure)
    for tab in workspace.TABS:
        workspace_tabs.register(tab)
    equipment.register()
    todo_sources.register(workspace.TO_DO)
    area_reports.register(workspace.STAFF_LIST)
    area_reports.register(workspace.CENSUSES)
