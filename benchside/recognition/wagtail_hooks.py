"""The way from the desk's menu to the quality marks, for those who run one; the keys of
credentials, for administrators."""

from django.http import HttpRequest
from django.urls import reverse_lazy
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.recognition.credentials import desk as credentials
from benchside.recognition.marks import rules

__all__ = ["credentials"]


class MarksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_run(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def marks_menu_item() -> MenuItem:
    return MarksItem(
        "Quality marks", reverse_lazy("recognition:run_marks"), icon_name="success", order=285
    )
