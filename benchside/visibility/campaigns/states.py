"""The states of campaigns and pledges, and every way from one to another."""

from typing import Any

from django.utils import timezone

from benchside.core.states import Need, StateTable, Transition, state_tables
from benchside.visibility.campaigns.rules import can_confirm, can_keep, can_run
from benchside.visibility.enums import CampaignState, PledgeState

SAYS_SOMETHING = Need(
    "words for its page",
    lambda campaign: bool(campaign.about.strip()),
    "Write what it is about, then open it.",
)


def _day_is_to_come(pledge: Any) -> bool:
    return bool(pledge.day.day >= timezone.localdate())


CAMPAIGNS = state_tables.register(
    StateTable(
        "campaign",
        title="A campaign",
        states=CampaignState,
        start=CampaignState.DRAFT,
        rows=[
            Transition(
                source=CampaignState.DRAFT,
                verb="open",
                target=CampaignState.OPEN,
                may=can_run,
                needs=(SAYS_SOMETHING,),
            ),
            Transition(
                source=CampaignState.OPEN,
                verb="close",
                target=CampaignState.OVER,
                may=can_run,
            ),
            Transition(
                source=CampaignState.OVER,
                verb="reopen",
                target=CampaignState.OPEN,
                may=can_run,
            ),
        ],
    )
)
PLEDGES = state_tables.register(
    StateTable(
        "pledge",
        title="A school that joins in",
        states=PledgeState,
        start=PledgeState.MADE,
        rows=[
            Transition(
                source=PledgeState.MADE,
                verb="confirm",
                target=PledgeState.CONFIRMED,
                may=can_confirm,
                needs=(
                    Need("a day that is not over", _day_is_to_come, "There will be another one."),
                ),
                at="confirmed_at",
            ),
            Transition(
                source=PledgeState.MADE,
                verb="leave",
                target=PledgeState.LEFT,
                may=can_keep,
                at="left_at",
            ),
            Transition(
                source=PledgeState.CONFIRMED,
                verb="leave",
                target=PledgeState.LEFT,
                may=can_keep,
                at="left_at",
            ),
        ],
    )
)
