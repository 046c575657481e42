"""Addresses of this part; joined in the room's urls.py."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
