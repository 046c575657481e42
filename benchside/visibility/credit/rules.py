"""Who may, with somebody's part in an output."""

from benchside.core.permissions import holds_link, is_system
from benchside.people.rules import is_themselves

# Nobody says it for somebody else: no manager, no lead, no editor.
can_state = is_themselves
can_answer = holds_link("contribution")
can_lapse = is_system
