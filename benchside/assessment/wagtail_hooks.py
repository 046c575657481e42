"""Standards in the desk's menu, for those who keep them."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from benchside.assessment import rules
from benchside.assessment.awarding.views import standards
from benchside.core.actions import Actor


@hooks.register("register_admin_urls")
def standards_urls() -> list[URLPattern]:
    return [
        path("standards/", standards.Standards.as_view(), name="desk_standards"),
        path("standards/bring-in/", standards.EditStandard.as_view(), name="desk_standard_new"),
        path("standards/<int:pk>/", standards.OneStandard.as_view(), name="desk_standard"),
        path(
            "standards/<int:pk>/edit/", standards.EditStandard.as_view(), name="desk_standard_edit"
        ),
        path("standards/<int:pk>/file.toml", standards.download, name="desk_standard_file"),
    ]


class StandardsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_keep_standards(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def standards_menu_item() -> MenuItem:
    return StandardsItem("Standards", reverse("desk_standards"), icon_name="doc-full", order=280)
