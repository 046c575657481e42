"""Charters in the desk's menu, for charter officers."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.impact.charters import rules
from benchside.impact.charters.desk import charters, due, signatories

HERE = "charters/<slug:slug>/"


class OfficersItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_run(Actor.of(request.user))


def item() -> MenuItem:
    return OfficersItem("Charters", reverse("desk_charters"), icon_name="clipboard-list", order=280)


def urls() -> list[URLPattern]:
    one = signatories
    return [
        path("charters/", charters.Charters.as_view(), name="desk_charters"),
        path("charters/new/", charters.New.as_view(), name="desk_charter_new"),
        path(HERE, due.DueList.as_view(), name="desk_charter"),
        path(f"{HERE}due.csv", due.DueCsv.as_view(), name="desk_charter_due_csv"),
        path(f"{HERE}due.xlsx", due.DueXlsx.as_view(), name="desk_charter_due_xlsx"),
        path(f"{HERE}rounds/", due.Rounds.as_view(), name="desk_charter_rounds"),
        path(
            f"{HERE}rounds/<slug:window>/", due.OneRound.as_view(), name="desk_charter_round"
        ),
        path(f"{HERE}details/", charters.Details.as_view(), name="desk_charter_details"),
        path(f"{HERE}rules/", charters.RulesPage.as_view(), name="desk_charter_rules"),
        path(f"{HERE}cohorts/", one.Cohorts.as_view(), name="desk_charter_cohorts"),
        path(f"{HERE}cohorts/<int:pk>/", one.OneCohort.as_view(), name="desk_charter_cohort"),
        path(f"{HERE}signatories/", one.Signatories.as_view(), name="desk_charter_signatories"),
        path(
            f"{HERE}signatories.csv", one.SignatoriesCsv.as_view(),
            name="desk_charter_signatories_csv",
        ),
        path(f"{HERE}signatories/record/", one.Record.as_view(), name="desk_charter_record"),
        path(
            f"{HERE}signatories/<int:pk>/", one.OneSignatory.as_view(),
            name="desk_charter_signatory",
        ),
    ]  # fmt: skip
