"""The figures of stories at the desk: tables that are their own charts, and each as a file."""

from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.views import View
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from benchside.careers.models import Role
from benchside.core.actions import Actor
from benchside.core.exports import csv_response
from benchside.visibility.rules import can_review_stories, can_run_campaigns
from benchside.visibility.stories.reading.measures import Figures, figures

may_read_figures = can_review_stories | can_run_campaigns
HIDDEN = "Hidden to protect people"


class StoryFigures(WagtailAdminTemplateMixin, View):
    """404 for everybody who neither reviews stories nor runs campaigns.

    figures   of `measures.Figures`
    charts    of (key, heading, rows for `{% bars %}`)
    gender    of (label, count as it may be shown, or why not)
    without   roles nobody tells of, in the `order` asked for; `columns` to sort them by
    """

    page_title = "Stories in numbers"
    header_icon = "view"
    template_name = "visibility/desk/story_figures.html"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not may_read_figures(Actor.of(request.user)):
            raise Http404
        return super().dispatch(request, *args, **kwargs)

    def get(self, request: HttpRequest) -> HttpResponseBase:
        found = figures(timezone.localdate())
        if request.GET.get("export") == "csv":
            return as_csv(found)
        return self.render_to_response(
            self.get_context_data(
                figures=found,
                charts=[
                    (key, heading, [(row.label, row.stories, row.url) for row in rows])
                    for key, heading, rows in found.tables
                ],
                gender=[(label, shown(cell.value)) for label, cell in found.gender],
                columns=COLUMNS,
                order=_order(request.GET.get("order", "")),
                without=_sorted(found, request.GET.get("order", "")),
            )
        )


COLUMNS = (("number", "Number"), ("title", "Job"), ("sector", "Sector"))
ORDERS: dict[str, Callable[[Role], Any]] = {
    "number": lambda role: role.number,
    "title": lambda role: role.title.casefold(),
    "sector": lambda role: (role.sector.name.casefold(), role.number),
}


def _order(asked: str) -> str:
    return asked if asked.removeprefix("-") in ORDERS else "number"


def _sorted(found: Figures, asked: str) -> list[Role]:
    order = _order(asked)
    return sorted(found.without, key=ORDERS[order.removeprefix("-")], reverse=order.startswith("-"))


def shown(value: float | None) -> str:
    return HIDDEN if value is None else f"{value:.0f}"


def as_csv(found: Figures) -> HttpResponse:
    """One table: what it is counted by, the value, the count."""
    rows: list[list[object]] = [
        [heading, row.label, row.stories] for _, heading, rows in found.tables for row in rows
    ]
    rows += [["Gender, to the nearest 5", label, shown(cell.value)] for label, cell in found.gender]
    rows += [["Without a story", f"{role.plate_number} {role.title}", 0] for role in found.without]
    return csv_response("stories.csv", ["Counted by", "Value", "Stories"], rows)


class FiguresMenuItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return may_read_figures(Actor.of(request.user))


@hooks.register("register_admin_urls")
def addresses() -> list[URLPattern]:
    return [path("reports/stories/", StoryFigures.as_view(), name="desk_story_figures")]


@hooks.register("register_reports_menu_item")
def menu_item() -> MenuItem:
    return FiguresMenuItem(
        "Stories in numbers", reverse("desk_story_figures"), icon_name="view", order=30
    )
