"""Addresses of this part; joined in the room's urls.py."""

from django.urls import URLPattern, path

from benchside.impact.voice.views import desk, mine

INSIDE = "org/<slug:organisation>/impact/voice"
urlpatterns: list[URLPattern] = [
    path("my/plan/", mine.my_plan, name="my_plan"),
    path("my/plan/suggestions/<uuid:key>/take-back/", mine.take_back, name="suggestion_take_back"),
    path("my/plan/<uuid:key>/suggest/", mine.suggest, name="suggest"),
    path("my/plan/<uuid:key>/<slug:code>/", mine.my_action, name="my_plan_action"),
    path(f"{INSIDE}/", desk.voice, name="voice"),
    path(f"{INSIDE}/suggestions.csv", desk.suggestions_csv, name="suggestions_csv"),
    path(f"{INSIDE}/opinions/", desk.opinions, name="opinions"),
    path(f"{INSIDE}/opinions.csv", desk.opinions_csv, name="opinions_csv"),
    path(f"{INSIDE}/<uuid:key>/", desk.suggestion, name="suggestion"),
]
