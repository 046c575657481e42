"""Exhibitions in the desk's menu, for the campaign team."""

from django.http import HttpRequest
from django.urls import path, reverse
from django.urls.resolvers import URLPattern
from wagtail.admin.menu import MenuItem

from benchside.core.actions import Actor
from benchside.visibility.exhibitions import rules
from benchside.visibility.exhibitions.desk import exhibitions, panels, stops

HERE = "exhibitions/<slug:slug>/"


class TeamsItem(MenuItem):
    def is_shown(self, request: HttpRequest) -> bool:
        return rules.can_run(Actor.of(request.user))


def item() -> MenuItem:
    return TeamsItem("Exhibitions", reverse("desk_exhibitions"), icon_name="image", order=236)


def urls() -> list[URLPattern]:
    return [
        path("exhibitions/", exhibitions.Exhibitions.as_view(), name="desk_exhibitions"),
        path("exhibitions.csv", exhibitions.ExhibitionsCsv.as_view(), name="desk_exhibitions_csv"),
        path("exhibitions/new/", exhibitions.New.as_view(), name="desk_exhibition_new"),
        path(HERE, exhibitions.One.as_view(), name="desk_exhibition"),
        path(f"{HERE}details/", exhibitions.Details.as_view(), name="desk_exhibition_details"),
        path(f"{HERE}panels/", panels.Panels.as_view(), name="desk_panels"),
        path(f"{HERE}panels.pdf", panels.Print.as_view(), name="desk_panels_pdf"),
        path(f"{HERE}panels/<int:pk>/", panels.OnePanel.as_view(), name="desk_panel"),
        path(f"{HERE}panels/<int:pk>.pdf", panels.Print.as_view(), name="desk_panel_pdf"),
        path(f"{HERE}labels/", panels.Labels.as_view(), name="desk_labels"),
        path(f"{HERE}labels.csv", panels.LabelsCsv.as_view(), name="desk_labels_csv"),
        path(f"{HERE}stops/", stops.Stops.as_view(), name="desk_stops"),
        path(f"{HERE}stops.csv", stops.StopsCsv.as_view(), name="desk_stops_csv"),
        path(f"{HERE}visitors.csv", stops.VisitorsCsv.as_view(), name="desk_visitors_csv"),
        path(f"{HERE}stops/new/", stops.StopPage.as_view(), name="desk_stop_new"),
        path(f"{HERE}stops/<int:pk>/", stops.OneStop.as_view(), name="desk_stop"),
        path(f"{HERE}stops/<int:pk>/details/", stops.StopPage.as_view(), name="desk_stop_details"),
    ]
