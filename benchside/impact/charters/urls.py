"""Addresses of charters: for everybody, and in an organisation's workspace."""

from django.urls import path

from benchside.impact.charters.views import feeds, inside, public, responding

INSIDE = "org/<slug:organisation>/impact/charters"
urlpatterns = [
    path("charters/", public.charters, name="charters"),
    path("charters/mine/<str:token>.ics", feeds.own_calendar, name="own_calendar"),
    path("charters/<slug:charter>.csv", feeds.signatories_csv, name="charter_csv"),
    path("charters/<slug:charter>.atom", feeds.announcements, name="charter_feed"),
    path("charters/<slug:charter>.ics", feeds.windows, name="charter_calendar"),
    path("charters/<slug:charter>/", public.charter, name="charter"),
    path("charters/<slug:charter>/<slug:organisation>/", public.signatory, name="signatory"),
    path(f"{INSIDE}/", inside.charters, name="inside_charters"),
    path(f"{INSIDE}/<slug:charter>/", inside.charter, name="inside_charter"),
    path(f"{INSIDE}/<slug:charter>/response/<int:stage>/", responding.response, name="response"),
]
