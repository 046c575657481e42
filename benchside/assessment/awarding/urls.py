"""Addresses of awards: their keepers' desk, and what anybody may say against one."""

from django.urls import URLPattern, path

from benchside.assessment.awarding.views import challenging, keeping

urlpatterns: list[URLPattern] = [
    path("assess/awards/", keeping.awards, name="kept_awards"),
    path("assess/awards/awards.csv", keeping.awards_csv, name="kept_awards_csv"),
    path("assess/awards/challenges/", keeping.challenges, name="kept_challenges"),
    path("assess/awards/challenges/<int:pk>/", keeping.challenge, name="kept_challenge"),
    path("assess/awards/of/<str:number>/", keeping.award, name="kept_award"),
    path("awards/<str:number>/challenge/", challenging.challenge, name="challenge"),
    path("awards/challenge/sent/", challenging.sent, name="challenge_sent"),
]
