"""Reports of the desk for those who edit pages."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponseBase
from wagtail.admin.auth import user_has_any_page_permission

from benchside.core.desk_pages import SafeReportView


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
