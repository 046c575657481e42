"""Addresses of exhibitions."""

from django.urls import URLPattern, path

from benchside.visibility.exhibitions.views import public

urlpatterns: list[URLPattern] = [
    path("exhibitions/", public.exhibitions, name="exhibitions"),
    path("exhibitions.ics", public.calendar_of_all, name="exhibitions_calendar"),
    path("exhibitions/<slug:slug>/", public.exhibition, name="exhibition"),
    path("exhibitions/<slug:slug>.ics", public.calendar_of_one, name="exhibition_calendar"),
]
