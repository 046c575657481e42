"""Who may: reading the catalogue is for everybody; its files are brought in by administrators,
official lists by whoever may add routes.

Anybody opens a class for the quiz, and whoever holds its link closes it and throws it away.
"""

from benchside.core.permissions import anybody, has_perm, holds_link, is_superuser, is_system

CLASS_LINK = "quiz-class"

can_load_catalogue = is_superuser | is_system
can_edit_roles = has_perm("careers.change_role", "an editor of roles")

can_open_class = anybody
can_close_class = holds_link(CLASS_LINK)
can_forget_class = holds_link(CLASS_LINK) | is_system
can_import_lists = has_perm("careers.add_route", "a moderator of routes") | is_superuser | is_system
can_change_routes = has_perm("careers.change_route", "an editor of routes") | is_system
