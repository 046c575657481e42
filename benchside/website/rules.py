"""Who may, on the website."""

from benchside.core.permissions import anybody, has_perm, is_system

can_report_concern = anybody
can_handle_concern = has_perm("website.handle_concern", "somebody who handles concerns")
can_forget_concern = is_system
