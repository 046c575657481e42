"""Addresses of this part: one's own declaration and audit, and the desk of CPD."""

from django.urls import URLPattern, path

from benchside.recognition.cpd.views import case, cases, declarations, mine, runs

MINE = "my/registrations/<str:number>"
DESK = "registry/<slug:register>/cpd"
urlpatterns: list[URLPattern] = [
    path(f"{MINE}/declare/", mine.declare, name="declare"),
    path(f"{MINE}/declare/<int:year>/", mine.correct, name="correct_declaration"),
    path(f"{MINE}/audit/", mine.audit, name="my_audit"),
    path(f"{DESK}/", runs.overview, name="cpd_desk"),
    path(f"{DESK}/runs/new/", runs.new, name="cpd_new_run"),
    path(f"{DESK}/runs/<int:pk>/", runs.run, name="cpd_run"),
    path(f"{DESK}/runs/<int:pk>/population.tsv", runs.population, name="cpd_population"),
    path(f"{DESK}/runs/<int:pk>/sample.csv", runs.sample, name="cpd_sample"),
    path(f"{DESK}/runs/<int:pk>/results.csv", runs.results, name="cpd_results"),
    path(f"{DESK}/cases/", cases.cases, name="cpd_cases"),
    path(f"{DESK}/cases.csv", cases.cases_csv, name="cpd_cases_csv"),
    path(f"{DESK}/cases/<int:pk>/", case.case, name="cpd_case"),
    path(f"{DESK}/cases/<int:pk>/files/<slug:digest>/", case.file, name="cpd_case_file"),
    path(f"{DESK}/committee/", cases.committee, name="cpd_committee"),
    path(f"{DESK}/declarations/", declarations.declarations, name="cpd_declarations"),
    path(f"{DESK}/declarations.csv", declarations.declarations_csv, name="cpd_declarations_csv"),
]
