"""What can be done with campaigns, their partners and the schools that join in.

`thanks.start_thanks` stands by itself: it names a task, and tasks call the verbs named here.
"""

from benchside.visibility.campaigns.actions.campaigns import (
    add_campaign,
    add_day,
    change_campaign,
    change_day,
    close_campaign,
    finish_thanks,
    open_campaign,
    reopen_campaign,
    thank,
)
from benchside.visibility.campaigns.actions.partners import (
    add_partner,
    change_partner,
    end_partnership,
    set_logo,
    set_partnership,
    take_down_logos,
)
from benchside.visibility.campaigns.actions.pledges import (
    change_pledge,
    confirm_pledge,
    follow_up,
    forget_contacts,
    forget_unconfirmed,
    leave,
    make_pledge,
    pledge_for,
    remind,
    send_link_again,
    stop_reminders,
)

__all__ = [
    "add_campaign",
    "add_day",
    "add_partner",
    "change_campaign",
    "change_day",
    "change_partner",
    "change_pledge",
    "close_campaign",
    "confirm_pledge",
    "end_partnership",
    "finish_thanks",
    "follow_up",
    "forget_contacts",
    "forget_unconfirmed",
    "leave",
    "make_pledge",
    "open_campaign",
    "pledge_for",
    "remind",
    "reopen_campaign",
    "send_link_again",
    "set_logo",
    "set_partnership",
    "stop_reminders",
    "take_down_logos",
    "thank",
]
