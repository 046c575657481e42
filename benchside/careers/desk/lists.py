"""Official lists at the desk: a file is read, its difference shown, applied, and put back."""

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.urls import URLPattern, path, reverse
from django.views import View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from benchside.careers import actions
from benchside.careers.models import Source
from benchside.careers.official_lists.importers import ROUTE_LISTS, SocImporter
from benchside.careers.official_lists.reports import report_on
from benchside.careers.rules import can_import_lists
from benchside.careers.tasks import apply_list
from benchside.core import imports
from benchside.core.actions import Actor, Refused
from benchside.core.imports import Importer, importers
from benchside.core.models import ImportRun, RunState
from benchside.core.tasks import enqueue_watched

SOC = "soc"
LONG = 2_000  # changes: more than these are applied outside the request
PAGE_SIZE = 20
MOST_SHOWN = 200
ALL: tuple[type[Importer], ...] = (*ROUTE_LISTS.values(), SocImporter)
TITLES = {each.key: each.title for each in ALL}


class ListForm(forms.Form):
    kind = forms.ChoiceField(
        label="Which list",
        choices=[
            *((key, each.title) for key, each in ROUTE_LISTS.items()),
            (SOC, SocImporter.title),
        ],
    )
    file = forms.FileField(label="The file", help_text="CSV; of routes, a JSON list is read too.")
    as_of = forms.DateField(
        label="The day it was made",
        required=False,
        help_text="Facts are shown to readers as true on this day. Not for job codes.",
        widget=forms.DateInput({"type": "date"}, "%Y-%m-%d"),
    )
    source = forms.ModelChoiceField(
        label="Whose list it is",
        queryset=Source.objects.all(),
        to_field_name="slug",
        required=False,
        help_text="Named beside each fact. Not for job codes.",
    )
    is_whole = forms.BooleanField(
        label="This is the whole list",
        required=False,
        initial=True,
        help_text="A route that a whole list no longer has is closed. Leave this off for a part.",
    )

    def clean(self) -> dict[str, Any]:
        found: dict[str, Any] = super().clean() or {}
        if found.get("kind") != SOC:
            for name, remedy in (
                ("as_of", "Say on which day this list was made."),
                ("source", "Say whose list this is."),
            ):
                if not found.get(name) and name not in self.errors:
                    self.add_error(name, remedy)
        return found


class ImportersOnly(WagtailAdminTemplateMixin, View):
    """404 for everybody else at the desk."""

    header_icon = "download"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.actor = Actor.of(request.user)
        if not can_import_lists(self.actor):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class Lists(ImportersOnly):
    """What was brought in so far, and the form for the next one."""

    template_name = "careers/desk/lists.html"
    page_title = "Official lists"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._page(ListForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ListForm(request.POST, request.FILES)
        if not form.is_valid():
            return self._page(form, status=422)
        try:
            run = self._preview(form.cleaned_data)
        except Refused as refused:
            form.add_error("file", f"{refused.message} {refused.remedy}".strip())
            return self._page(form, status=422)
        return redirect("desk_list", pk=run.pk)

    def _preview(self, given: dict[str, Any]) -> ImportRun:
        file = given["file"]
        if file.size > imports.MAX_BYTES:
            raise Refused("This file is larger than 25 MB.", "Bring in the parts one by one.")
        data, name = file.read(), file.name
        if given["kind"] == SOC:
            return actions.preview_soc(actor=self.actor, data=data, filename=name)
        return actions.preview_routes(
            actor=self.actor,
            kind=given["kind"],
            data=data,
            filename=name,
            as_of=given["as_of"],
            source=given["source"].slug,
            is_whole=given["is_whole"],
        )

    def _page(self, form: ListForm, status: int = 200) -> HttpResponse:
        runs = ImportRun.objects.filter(importer__in=TITLES).defer("difference", "problems")
        page = Paginator(runs, PAGE_SIZE).get_page(self.request.GET.get("p"))
        rows = [(TITLES[run.importer], run) for run in page]
        context = {"form": form, "rows": rows, "page": page}
        return self.render_to_response(self.get_context_data(**context), status=status)


class ListRun(ImportersOnly):
    """One file: its mistakes, or what it would change, with what can be done about it."""

    template_name = "careers/desk/list.html"
    verbs: ClassVar[dict[str, str]] = {
        "apply": "The changes are in.",
        "discard": "Everything stays as it was.",
        "undo": "What this list had changed is as it was before.",
    }

    def get_page_title(self) -> str:
        return TITLES[self.run.importer]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        lists = {"url": reverse("desk_lists"), "label": "Official lists"}
        return [*self.breadcrumbs_items, lists, {"url": "", "label": self.run.filename}]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.run = self._found(pk)
        context = {
            "run": self.run,
            "report": report_on(self.run) if self.run.importer != SocImporter.key else None,
            "most": MOST_SHOWN,
            "changes": self.run.difference[:MOST_SHOWN],
            "is_waiting": self.run.is_appliable,
            "can_undo": self.run.state == RunState.APPLIED and self.run.difference,
        }
        return self.render_to_response(self.get_context_data(**context))

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.run = self._found(pk)
        verb = request.POST.get("verb", "")
        if verb not in self.verbs:
            raise Http404
        if verb == "apply" and len(self.run.difference) > LONG:
            return redirect(self._later(request))
        try:
            self._do(verb)
        except Refused as refused:
            messages.error(request, f"{refused.message} {refused.remedy}".strip())
        else:
            messages.success(request, self.verbs[verb])
        return redirect("desk_list", pk=pk)

    def _found(self, pk: int) -> ImportRun:
        return get_object_or_404(ImportRun, pk=pk, importer__in=TITLES)

    def _do(self, verb: str) -> None:
        if verb == "apply":
            actions.apply_list(actor=self.actor, run=self.run)
        else:
            act = {"discard": imports.discard, "undo": imports.undo}[verb]
            act(actor=self.actor, run=self.run)

    def _later(self, request: HttpRequest) -> str:
        progress = enqueue_watched(
            apply_list,
            self.run.pk,
            request.user.pk,
            title=importers[self.run.importer].title,
            owner=self.actor.person_id,
            key=f"careers.apply_list.{self.run.pk}",
            then=reverse("desk_list", args=[self.run.pk]),
        )
        return progress.get_absolute_url()


def urls() -> list[URLPattern]:
    return [
        path("catalogue/lists/", Lists.as_view(), name="desk_lists"),
        path("catalogue/lists/<int:pk>/", ListRun.as_view(), name="desk_list"),
    ]
