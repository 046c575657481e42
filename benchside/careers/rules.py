"""Who may: reading the catalogue is for everybody; its files are brought in by administrators."""

from benchside.core.permissions import has_perm, is_superuser, is_system

can_load_catalogue = is_superuser | is_system
can_edit_roles = has_perm("careers.change_role", "an editor of roles")
