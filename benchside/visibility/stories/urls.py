"""Addresses of stories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path

from benchside.visibility.stories.reading import urls as reading


def nothing(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


urlpatterns: list[URLPattern] = [
    path("stories/tell/<str:token>/", nothing, name="tell_story"),
    path("stories/parent/<str:token>/", nothing, name="story_parent"),
    *reading.urlpatterns,  # last: one of them takes any word for a story's
]
