"""Lists of the desk whose spreadsheets are safe to open: no cell is ever a formula."""

from typing import Any

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
