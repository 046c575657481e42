"""Reports of the desk. Their spreadsheets are safe to open: no cell is ever a formula."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.auth import user_has_any_page_permission
from wagtail.admin.views.reports import ReportView

STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r")


class SafeReportView(ReportView):
    """A report whose CSV puts an apostrophe before what a spreadsheet would calculate."""

    permission_policy = None
    any_permission_required = None

    def preprocess_field_value(self, field: str, value: Any, export_format: str) -> Any:
        done = super().preprocess_field_value(field, value, export_format)
        if isinstance(done, str) and done.startswith(STARTS_A_FORMULA):
            return f"'{done}"
        return done


class EditorsReport(SafeReportView):
    """A report for whoever edits pages, over plain rows: `sorts` names what they are sorted by."""

    sorts: ClassVar[Mapping[str, Callable[[Any], Any]]] = {}
    paginate_by = 50

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not user_has_any_page_permission(request.user):
            raise Http404
        response: HttpResponseBase = super().dispatch(request, *args, **kwargs)
        return response

    def in_order(self, rows: Iterable[Any]) -> list[Any]:
        name = self.ordering.removeprefix("-")
        return sorted(rows, key=self.sorts[name], reverse=self.ordering.startswith("-"))
