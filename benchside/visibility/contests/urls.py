"""Addresses of competitions."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
