"""Addresses of photographs and the wall."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
