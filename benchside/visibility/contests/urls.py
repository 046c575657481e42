"""Addresses of competitions: for everybody, for whoever entered, for judges."""

from django.urls import URLPattern, path

from benchside.visibility.contests.views import assess, entering, public

ENTRY = "competitions/<slug:slug>/entries/<str:secret>"
JUDGING = "assess/competitions/<slug:slug>"
urlpatterns: list[URLPattern] = [
    path("competitions/", public.competitions, name="competitions"),
    path("competitions/<slug:slug>/", public.competition, name="competition"),
    path("competitions/<slug:slug>/terms/", public.terms, name="competition_terms"),
    path("competitions/<slug:slug>/terms/<int:version>/", public.terms, name="competition_terms"),
    path("competitions/<slug:slug>/winners/", public.winners, name="competition_winners"),
    path("competitions/<slug:slug>/enter/", entering.enter, name="competition_enter"),
    path(f"{ENTRY}/", entering.receipt, name="entry"),
    path(f"{ENTRY}/change/", entering.change, name="entry_change"),
    path(f"{ENTRY}/withdraw/", entering.withdraw, name="entry_withdraw"),
    path(f"{ENTRY}/certificate.pdf", entering.certificate, name="entry_certificate"),
    path("assess/competitions/", assess.competitions, name="assess_competitions"),
    path(f"{JUDGING}/", assess.competition, name="assess_competition"),
    path(f"{JUDGING}/declare/", assess.declare, name="assess_declare"),
    path(f"{JUDGING}/hand-in/", assess.hand_in, name="assess_hand_in"),
    path(f"{JUDGING}/meeting/", assess.meeting, name="assess_meeting"),
    path(f"{JUDGING}/<int:number>/", assess.entry, name="assess_entry"),
]
