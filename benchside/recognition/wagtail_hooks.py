"""The way from the desk's menu to marks and registers, for those who run them, and to the keys
of credentials and of statements, for administrators."""

from django.http import HttpRequest
from django.urls import path, reverse_lazy
from django.urls.resolvers import URLPattern
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.recognition.credentials import desk as credentials
from benchside.recognition.entries import desk as statement_keys
from benchside.recognition.marks import rules
from benchside.recognition.registers import rules as registers
from benchside.recognition.registers.views import desk

__all__ = ["credentials", "statement_keys"]


class MarksItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_run(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def marks_menu_item() -> MenuItem:
    return MarksItem(
        "Quality marks", reverse_lazy("recognition:run_marks"), icon_name="success", order=285
    )


@hooks.register("register_admin_urls")
def registers_urls() -> list[URLPattern]:
    return [
        path("registers/", desk.Registers.as_view(), name="desk_registers"),
        path("registers/bring-in/", desk.EditRegister.as_view(), name="desk_register_new"),
        path("registers/<int:pk>/", desk.OneRegister.as_view(), name="desk_register"),
        path("registers/<int:pk>/edit/", desk.EditRegister.as_view(), name="desk_register_edit"),
        path("registers/<int:pk>/file.toml", desk.download, name="desk_register_file"),
    ]


class RegistersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return registers.can_set_up(Actor.of(request.user))


@hooks.register("register_admin_menu_item")
def registers_menu_item() -> MenuItem:
    return RegistersItem(
        "Registers", reverse_lazy("desk_registers"), icon_name="list-ul", order=284
    )
