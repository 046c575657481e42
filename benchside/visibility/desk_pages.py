"""What the desk's pages of competitions and exhibitions share."""

from typing import Any, ClassVar

from django import forms
from django.core.paginator import Page, Paginator
from django.db.models import Model, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.functional import cached_property

from benchside.core.desk_pages import DeskPage
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


class OnePage(TeamPage):
    """A page of one record, found by its slug; its list is the first step down to it."""

    model: type[Model]

    def setup(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().setup(request, *args, **kwargs)
        self.slug = kwargs["slug"]

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        kwargs.pop("slug")
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def one(self) -> Any:
        found = self.model._default_manager.select_related("campaign")
        return get_object_or_404(found, slug=self.slug)


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
