"""Addresses of what organisations know of oneself, under /my/employers/."""

from django.urls import URLPattern, URLResolver, path

from benchside.organisations.views import own

app_name = "employers"
urlpatterns: list[URLPattern | URLResolver] = [
    path("", own.employers, name="mine"),
]
