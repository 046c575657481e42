"""Pages and lists of the desk, for whoever may see them."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.urls import reverse
from django.views import View
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.reports import ReportView

from benchside.core.actions import Actor
from benchside.core.permissions import Predicate

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class WhoMay(View):
    """404 for everybody but those who `may`: what is here is nobody else's business."""

    may: Predicate

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        self.actor = Actor.of(request.user)
        if not self.may(self.actor):
            raise Http404
        return super().dispatch(request, *args, **kwargs)


class DeskPage(WhoMay, WagtailAdminTemplateMixin, View):
    """A page of the desk. `crumb` is the name and label of the list it lies under."""

    header_icon = "group"
    crumb: tuple[str, str]

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        address, label = self.crumb
        return [
            *self.breadcrumbs_items,
            {"url": reverse(address), "label": label},
            {"url": "", "label": self.get_page_title()},
        ]

    def page(self, *, status: int = 200, **context: Any) -> HttpResponse:
        return self.render_to_response(self.get_context_data(**context), status=status)


class SafeReportView(ReportView):
    """A list whose CSV puts an apostrophe before what a spreadsheet would calculate."""

    permission_policy = None
    any_permission_required = None

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        done = super().preprocess_field_value(field, value, export_format)
        if isinstance(done, str) and done.startswith(STARTS_A_FORMULA):
            return f"'{done}"
        return done
