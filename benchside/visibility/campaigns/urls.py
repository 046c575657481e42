"""Addresses of campaigns and their days."""

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
