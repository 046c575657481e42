"""Addresses of stories."""

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import URLPattern, path


def nothing(request: HttpRequest, token: str) -> HttpResponse:
    raise Http404


urlpatterns: list[URLPattern] = [
    path("stories/tell/<str:token>/", nothing, name="tell_story"),
    path("stories/parent/<str:token>/", nothing, name="story_parent"),
]
