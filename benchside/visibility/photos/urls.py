"""Addresses of photographs and the wall."""

from django.urls import URLPattern

from benchside.visibility.photos import moderation_urls, sending_urls, wall_urls

urlpatterns: list[URLPattern] = [
    *sending_urls.urlpatterns,
    *wall_urls.urlpatterns,
    *moderation_urls.urlpatterns,
]
