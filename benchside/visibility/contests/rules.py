"""Who may do what in a competition.

Anybody enters; whoever holds the link of an entry changes and withdraws it; the campaign team runs
it all but the judging. Judges see what the team sends them, and nothing of whose it is.
"""

from typing import Any

from benchside.core.actions import Actor
from benchside.core.permissions import anybody, holds_link, is_system, predicate
from benchside.visibility.rules import can_run_campaigns

ENTRY_LINK = "entry"
JUDGE_LINK = "judge"


@predicate("the judge themselves")
def is_this_judge(actor: Actor, judge: Any) -> bool:
    return actor.account is not None and judge is not None and judge.user_id == actor.account.pk


can_run = can_run_campaigns
can_enter = anybody
can_change_entry = holds_link(ENTRY_LINK)
can_withdraw_entry = holds_link(ENTRY_LINK) | can_run
can_take_up_judging = holds_link(JUDGE_LINK)
can_judge = is_this_judge
can_tell = is_system
can_tidy = is_system
