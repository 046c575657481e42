"""Addresses of nominations: for everybody, for whoever nominates or is, for those who run one."""

from django.urls import URLPattern, path

from benchside.recognition.nominations.views import mine, public, run

urlpatterns: list[URLPattern] = [
    path("nominations/", public.rounds, name="nomination_rounds"),
    path("nominations/yes/<str:token>/", mine.nominee, name="nominee"),
    path("nominations/<slug:slug>/", public.one, name="nomination_round"),
    path("nominations/<slug:slug>/nominate/", mine.nominate, name="nominate"),
    path("my/nominations/", mine.mine, name="my_nominations"),
    path("my/nominations/<int:pk>/", mine.asked, name="my_nomination"),
    path("my/nominations/<int:pk>/take-back/", mine.take_back, name="nomination_take_back"),
    path("assess/nominations/", run.rounds, name="run_rounds"),
    path("assess/nominations/begin/", run.begin, name="run_round_begin"),
    path("assess/nominations/<slug:slug>/", run.one, name="run_round"),
    path("assess/nominations/<slug:slug>/change/", run.change, name="run_round_change"),
    path("assess/nominations/<slug:slug>/list.csv", run.as_csv, name="run_round_csv"),
    path("assess/nominations/<slug:slug>/shortlist/", run.shortlist, name="run_shortlist"),
]
