"""Addresses of exhibitions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
