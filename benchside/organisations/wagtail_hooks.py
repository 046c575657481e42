"""Organisations in the desk's menu, for those who decide and those who bring in lists."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.organisations import rules
from benchside.organisations.views import desk


@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [
        path("organisations/", desk.Organisations.as_view(), name="desk_organisations"),
        path("organisations/<slug:slug>/", desk.Decide.as_view(), name="desk_organisation"),
        path("places/", desk.Lists.as_view(), name="desk_lists"),
        path("places/<int:pk>/", desk.Run.as_view(), name="desk_list_run"),
    ]


class DecidersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_decide(Actor.of(request.user))


class ListsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_import_places(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def organisations_menu_item() -> MenuItem:
    url = reverse("desk_organisations")
    return DecidersItem("Organisations", url, icon_name="group", order=260)


@hooks.register("register_reports_menu_item")
def lists_menu_item() -> MenuItem:
    return ListsItem("Lists of places", reverse("desk_lists"), icon_name="list-ul", order=20)
