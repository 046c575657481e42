"""The catalogue in the desk's menu, and what follows when an editor changes it.

Wagtail publishes a role from the form, from a workflow, from the schedule and in bulk, and tells
of all four by its signals alone; of terms, which have no drafts, the form's hooks tell.
"""

from collections.abc import Iterator
from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from django.urls import URLPattern, reverse
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import Button
from wagtail.signals import published, unpublished
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from benchside.careers.desk import lists, routes
from benchside.careers.desk.roles import RoleViewSet
from benchside.careers.desk.routes import NationWayViewSet, RouteViewSet
from benchside.careers.desk.terms import (
    AdviceViewSet,
    KitViewSet,
    SectorViewSet,
    SettingViewSet,
    SkillViewSet,
    SourceViewSet,
    SubjectViewSet,
    TermViewSet,
)
from benchside.careers.enums import RouteStatus
from benchside.careers.events import catalogue_changed, role_changed, routes_changed
from benchside.careers.models import Role, Route
from benchside.careers.models.routes import CLOSED, OPEN
from benchside.careers.rules import can_change_routes, can_import_lists
from benchside.core.actions import Actor

TERM_VIEWS: tuple[type[TermViewSet], ...] = (
    SectorViewSet,
    SubjectViewSet,
    SettingViewSet,
    SkillViewSet,
    KitViewSet,
    SourceViewSet,
    AdviceViewSet,
    NationWayViewSet,
)
TERMS = tuple(view.model for view in TERM_VIEWS)


class Catalogue(SnippetViewSetGroup):
    menu_label = "Catalogue"
    menu_icon = "list-ul"
    menu_order = 250
    items = (RoleViewSet, RouteViewSet, *TERM_VIEWS)


register_snippet(Catalogue)


def _role_published(sender: type[Model], instance: Role, **_: Any) -> None:
    role_changed(instance)


for signal in (published, unpublished):
    signal.connect(_role_published, sender=Role, dispatch_uid="careers.role_changed")


@hooks.register("after_create_snippet")
@hooks.register("after_edit_snippet")
def term_changed(request: HttpRequest, instance: Model) -> None:
    if isinstance(instance, TERMS):
        catalogue_changed()
    if isinstance(instance, Route):
        routes_changed([instance.pk])


@hooks.register("after_delete_snippet")
def records_gone(request: HttpRequest, instances: list[Model]) -> None:
    if any(isinstance(instance, (Role, Route, *TERMS)) for instance in instances):
        catalogue_changed()


# --- routes and official lists ------------------------------------------------------------------
@hooks.register("register_admin_urls")
def desk_urls() -> list[URLPattern]:
    return [*lists.urls(), *routes.urls()]


class ListsMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return can_import_lists(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def lists_menu_item() -> MenuItem:
    return ListsMenuItem("Official lists", reverse("desk_lists"), icon_name="download", order=255)


@hooks.register("register_snippet_listing_buttons")
def standing_button(snippet: Model, user: Any, next_url: str | None = None) -> Iterator[Button]:
    if isinstance(snippet, Route) and can_change_routes(Actor.of(user)):
        closes = snippet.status == RouteStatus.OPEN
        url = reverse("desk_route_standing", args=[snippet.pk])
        label = "Close to new starters" if closes else "Open or close"
        yield Button(label, url, icon_name="no-view" if closes else "view", priority=25)


@hooks.register("before_edit_snippet")
def say_what_has_closed(request: HttpRequest, instance: Model) -> None:
    """An editor who opens a role is told which of its ways in readers no longer see."""
    if request.method != "GET" or not isinstance(instance, Role):
        return
    for way in instance.route_list.select_related("route"):
        if way.route.standing != OPEN:
            said = "has closed" if way.route.standing == CLOSED else "is not open"
            remedy = "so readers do not see it. Choose another way in."
            messages.warning(request, f"“{way.route}” {said}, {remedy}")
