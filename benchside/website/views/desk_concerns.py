"""The inbox of concerns at the desk. To whoever may not handle them, there is none."""

from collections.abc import Callable
from typing import ClassVar

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, StatusTagColumn, TitleColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from benchside.core.actions import Refused
from benchside.core.desk_pages import SafeReportView, WhoMay
from benchside.website import actions
from benchside.website.enums import ConcernState
from benchside.website.forms import AnswerForm, NoteForm
from benchside.website.models import Concern
from benchside.website.queries import concern_history
from benchside.website.rules import can_handle_concern
from benchside.website.states import CONCERN


class ConcernFilters(WagtailFilterSet):
    class Meta:
        model = Concern
        fields: ClassVar = ["state", "kind"]


class ConcernList(WhoMay, SafeReportView):
    may = can_handle_concern
    model = Concern
    page_title = "Concerns"
    header_icon = "warning"
    index_url_name = "desk_concerns"
    index_results_url_name = "desk_concerns_results"
    default_ordering = "-received_at"
    paginate_by = 25
    filterset_class = ConcernFilters
    verbose_name_plural = "concerns"
    columns: ClassVar = [
        TitleColumn(
            "reference", label="Number", get_url=Concern.get_absolute_url, sort_key="reference"
        ),
        Column("kind", label="About", accessor="get_kind_display", sort_key="kind"),
        Column("about", label="Page", sort_key="about"),
        StatusTagColumn(
            "state",
            label="State",
            accessor="get_state_display",
            primary=lambda concern: concern.state in (ConcernState.RECEIVED, ConcernState.SEEN),
            sort_key="state",
        ),
        DateColumn("received_at", label="Received", sort_key="received_at"),
    ]
    # No words and no addresses: a file leaves the desk, and what was told us does not.
    list_export: ClassVar = [
        "reference",
        "get_kind_display",
        "about",
        "get_state_display",
        "received_at",
        "answered_at",
        "closed_at",
    ]
    export_headings: ClassVar = {"get_kind_display": "About", "get_state_display": "State"}
    export_filename = "concerns"


class ConcernDetail(WhoMay, WagtailAdminTemplateMixin, View):
    may = can_handle_concern
    template_name = "website/desk/concern.html"
    header_icon = "warning"

    def get_page_title(self) -> str:
        return f"Concern {self.concern.reference}"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            {"url": reverse("desk_concerns"), "label": "Concerns"},
            {"url": "", "label": f"Concern {self.concern.reference}"},
        ]

    def get(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.concern = self._concern(reference)
        return self._page()

    def post(self, request: HttpRequest, reference: str) -> HttpResponse:
        self.concern = self._concern(reference)
        verb = request.POST.get("verb", "")
        form = self._form(verb)
        if form is not None and not form.is_valid():
            return self._page(**{f"{verb}_form": form}, status=422)
        try:
            said = self._do(verb, form)
        except Refused as refused:
            messages.error(request, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, said)
        return redirect(self.concern.get_absolute_url())

    def _concern(self, reference: str) -> Concern:
        return get_object_or_404(Concern.objects.prefetch_related("notes"), reference=reference)

    def _form(self, verb: str) -> forms.Form | None:
        kinds: dict[str, type[forms.Form]] = {"answer": AnswerForm, "note": NoteForm}
        return kinds[verb](self.request.POST) if verb in kinds else None

    def _do(self, verb: str, form: forms.Form | None) -> str:
        """Call the verb's action; returns what to tell the person. 404 for a verb unknown."""
        who_and_what = {"actor": self.actor, "concern": self.concern}
        cleaned = form.cleaned_data if form else {}
        plain: dict[str, tuple[Callable[..., object], str]] = {
            "see": (actions.see_concern, "Others see now that you are looking into it."),
            "answer": (actions.answer_concern, self._answered()),
            "close": (actions.close_concern, "It is closed."),
            "reopen": (actions.reopen_concern, "It is open again."),
            "note": (actions.note_on_concern, "Your note is kept."),
        }
        if verb not in plain:
            raise Http404
        action, said = plain[verb]
        action(**who_and_what, **cleaned)
        return said

    def _answered(self) -> str:
        if self.concern.reply_to:
            return "Your answer is on its way by e-mail."
        return "Your answer is kept. They left no address, so nothing was sent."

    def _page(self, status: int = 200, **bound: forms.Form) -> HttpResponse:
        context = {
            "concern": self.concern,
            "verbs": CONCERN.verbs(self.actor, self.concern),
            "answer_form": AnswerForm(),
            "note_form": NoteForm(),
            "history": concern_history(self.concern),
            **bound,
        }
        return self.render_to_response(self.get_context_data(**context), status=status)
