"""Addresses of plans brought in from files."""

from django.urls import path

from benchside.impact.bringing.views import rows, taking

HERE = "org/<slug:organisation>/impact/plans/bring-in"
FILE = f"{HERE}/<uuid:key>"
urlpatterns = [
    path(f"{HERE}/", taking.bring_in, name="bring_in"),
    path(f"{HERE}/example.xlsx", taking.example_xlsx, name="bring_example_xlsx"),
    path(f"{HERE}/example.docx", taking.example_docx, name="bring_example_docx"),
    path(f"{FILE}/", taking.read, name="bring_read"),
    path(f"{FILE}/leave/", taking.leave, name="bring_leave"),
    path(f"{FILE}/use-for/", taking.use_for, name="bring_use_for"),
    path(f"{FILE}/rows/", rows.rows, name="bring_rows"),
    path(f"{FILE}/rows.csv", rows.rows_csv, name="bring_rows_csv"),
    path(f"{FILE}/rows/<str:line>/", rows.line, name="bring_line"),
    path(f"{FILE}/apply/", rows.apply, name="bring_apply"),
    path(f"{FILE}/undo/", rows.undo, name="bring_undo"),
    path(f"{FILE}/open/", rows.open_again, name="bring_open"),
]
