"""Who may do what to whom at the desk, in Wagtail's own terms."""

from typing import Any

from wagtail.permission_policies import ModelPermissionPolicy


class AdministratorsChange(ModelPermissionPolicy):
    """Administrators alone, and nobody adds or deletes a person here."""

    def user_has_permission(self, user: Any, action: str) -> bool:
        return action in {"change", "view"} and user.is_active and user.is_superuser
