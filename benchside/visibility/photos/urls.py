"""Addresses of photographs and the wall."""

from django.urls import URLPattern

from benchside.visibility.photos import wall_urls

urlpatterns: list[URLPattern] = [*wall_urls.urlpatterns]
