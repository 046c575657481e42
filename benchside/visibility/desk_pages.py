"""What the desk's pages of competitions and exhibitions share."""

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from benchside.organisations.views.desk import DeskPage
from benchside.visibility.rules import can_run_campaigns

A_PAGE = 50


class TeamPage(DeskPage):
    """A page of the desk for the campaign team; to everybody else there is none.

    `steps` are (address, label) from the list down to this page.
    """

    may = can_run_campaigns
    header_icon = "pick"
    steps: ClassVar[list[tuple[str, str]]] = []

    def steps_here(self) -> list[tuple[str, str]]:
        return [(reverse(name), label) for name, label in self.steps]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return [
            *self.breadcrumbs_items,
            *({"url": url, "label": label} for url, label in self.steps_here()),
            {"url": "", "label": self.get_page_title()},
        ]

    def paged(self, found: QuerySet[Any] | list[Any]) -> Page:
        return Paginator(found, A_PAGE).get_page(self.request.GET.get("page"))

    def form_page(self, form: forms.BaseForm, **context: Any) -> HttpResponse:
        return self.page(status=422 if form.errors else 200, form=form, **context)


def said(request: HttpRequest, name: str) -> str:
    """What a list was asked for, as far as it can be meant."""
    return request.GET.get(name, "")[:80].replace("\0", "").strip()


def moment_field(label: str, *, required: bool = True, help_text: str = "") -> forms.DateTimeField:
    """A minute, typed by the clock in London."""
    return forms.DateTimeField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateTimeInput({"type": "datetime-local", "step": 60}, "%Y-%m-%dT%H:%M"),
        input_formats=["%Y-%m-%dT%H:%M", "%Y-%m-%d %H:%M", "%d/%m/%Y %H:%M"],
        error_messages={"invalid": "Give a day and a time, such as 2027-04-26 18:00."},
    )
