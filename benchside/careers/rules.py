"""Who may: reading the catalogue is for everybody; its files are brought in by administrators,
official lists by whoever may add routes."""

from benchside.core.permissions import has_perm, is_superuser, is_system

can_load_catalogue = is_superuser | is_system
can_edit_roles = has_perm("careers.change_role", "an editor of roles")
can_import_lists = has_perm("careers.add_route", "a moderator of routes") | is_superuser | is_system
can_change_routes = has_perm("careers.change_route", "an editor of routes") | is_system
