"""Sectors, vocabularies, sources and advice at the desk."""

from typing import Any, ClassVar

from django.db.models import ProtectedError
from django.forms import BaseForm
from django.http import HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList, Panel
from wagtail.snippets.views.snippets import DeleteView, SnippetViewSet

from benchside.careers.desk.forms import TermForm
from benchside.careers.models import (
    Advice,
    KitTerm,
    Sector,
    Setting,
    SkillTerm,
    Source,
    Subject,
)
from benchside.careers.wording import listed

NAMED = 5


def form_of(*panels: Panel) -> ObjectList:
    return ObjectList(list(panels), base_form_class=TermForm)


class DeleteUnused(DeleteView):
    """What roles still name is kept, and the editor is told which."""

    def form_valid(self, form: BaseForm) -> HttpResponse:
        self.usage = None  # Wagtail's index may lag, and answers that the right is missing
        try:
            return super().form_valid(form)
        except ProtectedError as error:
            users = sorted({str(one) for one in error.protected_objects})
            named = listed([*users[:NAMED], *(["others"] if len(users) > NAMED else [])])
            messages.error(
                self.request,
                f"“{self.object}” stays: {named} name it. Change those first.",
            )
            return redirect(self.index_url_name)


class TermViewSet(SnippetViewSet):
    """A vocabulary: few fields, one list, in the order readers see."""

    icon = "tag"
    add_to_admin_menu = False
    delete_view_class = DeleteUnused
    copy_view_enabled = False
    list_display: ClassVar[list[Any]] = ["name", "slug", "order"]
    search_fields: ClassVar[list[str]] = ["name", "slug"]
    search_backend_name = None
    ordering: Any = ("order", "name")
    list_per_page = 100
    edit_handler = form_of(
        FieldPanel("name"), FieldRowPanel([FieldPanel("slug"), FieldPanel("order")])
    )


class SectorViewSet(TermViewSet):
    model = Sector
    list_display: ClassVar[list[Any]] = ["name", "sentence", "order"]
    edit_handler = form_of(
        FieldPanel("name"),
        FieldPanel("sentence"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("order")]),
    )


class SubjectViewSet(TermViewSet):
    model = Subject


class SettingViewSet(TermViewSet):
    model = Setting


class SkillViewSet(TermViewSet):
    model = SkillTerm


class KitViewSet(TermViewSet):
    model = KitTerm
    list_display: ClassVar[list[Any]] = ["name", "sentence", "symbol"]
    edit_handler = form_of(
        FieldPanel("name"),
        FieldPanel("sentence"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("symbol"), FieldPanel("order")]),
    )


class SourceViewSet(TermViewSet):
    model = Source
    icon = "link"
    list_display: ClassVar[list[Any]] = ["name", "publisher", "stale_after_days"]
    ordering: Any = ("name",)
    edit_handler = form_of(
        FieldPanel("name"),
        FieldRowPanel([FieldPanel("publisher"), FieldPanel("licence")]),
        FieldPanel("url"),
        FieldRowPanel([FieldPanel("slug"), FieldPanel("stale_after_days")]),
    )


class AdviceViewSet(TermViewSet):
    model = Advice
    icon = "help"
    menu_label = "Advice by nation"
    list_display: ClassVar[list[Any]] = ["nation", "name", "url", "checked_on"]
    search_fields: ClassVar[list[str]] = ["name", "publisher"]
    ordering: Any = ("order",)
    edit_handler = form_of(
        FieldRowPanel([FieldPanel("nation"), FieldPanel("order")]),
        FieldRowPanel([FieldPanel("name"), FieldPanel("publisher")]),
        FieldPanel("url"),
        FieldPanel("pay_url"),
        FieldPanel("checked_on"),
        FieldRowPanel([FieldPanel("last_year"), FieldPanel("exams")]),
        FieldPanel("change_of_mind"),
    )
