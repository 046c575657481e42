"""Who may, with campaigns, their partners and the schools that join in."""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import anybody, holds_link, is_system, predicate
from benchside.organisations.rules import can_change_details
from benchside.visibility.rules import can_run_campaigns

holds_pledge = holds_link("pledge")


@predicate("a lead, deputy or editor of the organisation that joins in")
def keeps_its_pledge(actor: Actor, pledge: Any) -> bool:
    return (pledge is not None and pledge.organisation_id is not None) and can_change_details(
        actor, pledge
    )


can_run = can_run_campaigns
can_run_or_is_system = can_run_campaigns | is_system
can_pledge = anybody
can_pledge_for = can_change_details
can_confirm = holds_pledge | keeps_its_pledge | can_run_campaigns
can_keep = holds_pledge | keeps_its_pledge | can_run_campaigns
can_tidy = is_system
