"""The charter's own desk: for charter officers alone, 404 to everybody else."""

from typing import Any

from django import forms
from django.core.paginator import Page, Paginator
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse

from benchside.core.actions import Actor
from benchside.core.desk_pages import DeskPage
from benchside.impact.charters import rules
from benchside.impact.models import Charter

A_PAGE = 50
SHEETS = (
    ("desk_charter", "Due list"),
    ("desk_charter_rounds", "Rounds"),
    ("desk_charter_signatories", "Signatories"),
    ("desk_charter_cohorts", "Cohorts"),
    ("desk_charter_rules", "Rules"),
    ("desk_charter_report", "Report on all plans"),
    ("desk_charter_details", "Details"),
)


class OfficersPage(DeskPage):
    """A page for charter officers."""

    may = rules.can_run
    header_icon = "clipboard-list"
    crumb = ("desk_charters", "Charters")

    def paged(self, found: Any) -> Page[Any]:
        return Paginator(found, A_PAGE).get_page(self.request.GET.get("page"))


class CharterPage(OfficersPage):
    """A page of one charter, with its sheets above it."""

    charter: Charter
    sheet = ""

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if self.may(Actor.of(request.user)):
            self.charter = get_object_or_404(Charter, slug=kwargs.pop("slug"))
        return super().dispatch(request, *args, **kwargs)

    def get_page_title(self) -> str:
        return str(self.page_title or self.charter.name)

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        here = [*self.breadcrumbs_items, {"url": reverse("desk_charters"), "label": "Charters"}]
        first = reverse("desk_charter", args=[self.charter.slug])
        here.append({"url": first, "label": self.charter.name})
        here += [{"url": url, "label": label} for url, label in self.steps()]
        return [*here, {"url": "", "label": self.get_page_title()}]

    def steps(self) -> list[tuple[str, str]]:
        """Pages between the charter and this one."""
        return []

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        sheets = [
            (label, reverse(name, args=[self.charter.slug]), name == self.sheet)
            for name, label in SHEETS
        ]
        return super().page(status=status, charter=self.charter, sheets=sheets, **context)

    def form_page(self, form: forms.BaseForm, *, submit: str, **more: Any) -> HttpResponse:
        return self.page(status=422 if form.errors else 200, form=form, submit=submit, **more)
