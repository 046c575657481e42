"""The catalogue in the desk's menu, and what follows when an editor changes it.

Wagtail publishes a role from the form, from a workflow, from the schedule and in bulk, and tells
of all four by its signals alone; of terms, which have no drafts, the form's hooks tell.
"""

from typing import Any

from django.db.models import Model
from django.http import HttpRequest
from wagtail import hooks
from wagtail.signals import published, unpublished
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from benchside.careers.desk.roles import RoleViewSet
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
from benchside.careers.events import catalogue_changed, role_changed
from benchside.careers.models import Role

TERM_VIEWS: tuple[type[TermViewSet], ...] = (
    SectorViewSet,
    SubjectViewSet,
    SettingViewSet,
    SkillViewSet,
    KitViewSet,
    SourceViewSet,
    AdviceViewSet,
)
TERMS = tuple(view.model for view in TERM_VIEWS)


class Catalogue(SnippetViewSetGroup):
    menu_label = "Catalogue"
    menu_icon = "list-ul"
    menu_order = 250
    items = (RoleViewSet, *TERM_VIEWS)


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


@hooks.register("after_delete_snippet")
def records_gone(request: HttpRequest, instances: list[Model]) -> None:
    if any(isinstance(instance, (Role, *TERMS)) for instance in instances):
        catalogue_changed()
