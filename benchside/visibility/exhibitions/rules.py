"""Who may do what with exhibitions: the campaign team all of it; the clock and events take down."""

from benchside.core.permissions import is_system
from benchside.visibility.rules import can_run_campaigns

can_run = can_run_campaigns
can_take_down = can_run_campaigns | is_system
