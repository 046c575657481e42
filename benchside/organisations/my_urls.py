"""Addresses of this room under /my/: where somebody is listed, and their own word about it."""

from django.urls import URLPattern, path

from benchside.organisations.views import own_words

app_name = "employment"
urlpatterns: list[URLPattern] = [
    path("employment/", own_words.employment, name="mine"),
    path("employment/<int:pk>/", own_words.say, name="say"),
]
