"""Addresses of the staff list, under /org/<slug>/staff/."""

from django.urls import URLPattern, path

from benchside.organisations.views.staff import claims, definition, files, people, runs, titles

urlpatterns: list[URLPattern] = [
    path("", people.staff, name="staff"),
    path("staff.csv", people.staff_csv, name="staff_csv"),
    path("<int:pk>/", people.person, name="staff_person"),
    path("template.xlsx", files.template_xlsx, name="staff_template"),
    path("template.csv", files.template_csv, name="staff_template_csv"),
    path("bring-in/", files.bring_in, name="staff_bring_in"),
    path("bring-in/<int:pk>/", files.columns, name="staff_columns"),
    path("bring-in/<int:pk>/leave/", files.leave, name="staff_leave"),
    path("claims/", claims.claims, name="staff_claims"),
    path("definition/", definition.definition, name="staff_definition"),
    path("definition/edit/", definition.edit, name="staff_definition_edit"),
    path("definition/compare/", definition.compare, name="staff_definition_compare"),
    path("definition/<int:number>/", definition.version, name="staff_definition_version"),
    path("titles/", titles.titles, name="staff_titles"),
    path("titles/decided/", titles.decisions, name="staff_decisions"),
    path("titles/decided.csv", titles.decisions_csv, name="staff_decisions_csv"),
    path("lists/", runs.runs, name="staff_runs"),
    path("lists/<int:pk>/", runs.run, name="staff_run"),
    path("lists/<int:pk>/bad-rows.xlsx", runs.bad_rows, name="staff_bad_rows"),
    path("lists/<int:pk>/apply/", runs.apply, name="staff_apply"),
    path("lists/<int:pk>/discard/", runs.discard, name="staff_discard"),
    path("lists/<int:pk>/undo/", runs.undo, name="staff_undo"),
    path("lists/<int:pk>/again/", runs.again, name="staff_again"),
]
