"""Competitions in the desk's menu, for the campaign team."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.visibility.contests import rules
from benchside.visibility.contests.desk import competitions, entries, judging, parts

HERE = "competitions/<slug:slug>/"


class TeamsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_run(Actor.of(request.user))


def item() -> MenuItem:
    return TeamsItem("Competitions", reverse("desk_competitions"), icon_name="pick", order=233)


def urls() -> list[URLPattern]:
    return [
        path("competitions/", competitions.Competitions.as_view(), name="desk_competitions"),
        path(
            "competitions.csv", competitions.CompetitionsCsv.as_view(), name="desk_competitions_csv"
        ),
        path("competitions/new/", competitions.New.as_view(), name="desk_competition_new"),
        path(HERE, competitions.One.as_view(), name="desk_competition"),
        path(f"{HERE}details/", competitions.Details.as_view(), name="desk_competition_details"),
        path(f"{HERE}terms/", competitions.TermsPage.as_view(), name="desk_competition_terms"),
        path(f"{HERE}parts/<slug:kind>/", parts.Part.as_view(), name="desk_competition_part_new"),
        path(
            f"{HERE}parts/<slug:kind>/<int:pk>/",
            parts.Part.as_view(),
            name="desk_competition_part",
        ),
        path(f"{HERE}entries/", entries.Entries.as_view(), name="desk_entries"),
        path(f"{HERE}entries.csv", entries.EntriesCsv.as_view(), name="desk_entries_csv"),
        path(f"{HERE}entries/<int:number>/", entries.OneEntry.as_view(), name="desk_entry"),
        path(f"{HERE}figures.csv", entries.FiguresCsv.as_view(), name="desk_competition_figures"),
        path(f"{HERE}judges/", judging.Judges.as_view(), name="desk_judges"),
        path(f"{HERE}meeting/", judging.Meeting.as_view(), name="desk_meeting"),
        path(f"{HERE}points.csv", judging.PointsCsv.as_view(), name="desk_points_csv"),
    ]
