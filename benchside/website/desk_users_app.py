"""Stands in INSTALLED_APPS for `wagtail.users`: the same app with less in its menu.

Read before any model is there, so what needs models is named and looked up in ready().
"""

from django.contrib.auth import get_user_model
from django.utils.module_loading import import_string
from wagtail.users.apps import WagtailUsersAppConfig


class DeskUsersConfig(WagtailUsersAppConfig):
    user_viewset = "benchside.website.desk_users.PeopleViewSet"

    def ready(self) -> None:
        super().ready()
        register = import_string("wagtail.permissions.register_permission_policy")
        policy = import_string("benchside.website.desk_policies.AdministratorsChange")
        register(get_user_model(), policy(get_user_model()))
