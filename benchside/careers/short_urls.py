"""Addresses short enough for a board: thirty pupils type them."""

from django.urls import path
from django.views.generic import RedirectView

app_name = "short"
urlpatterns = [
    path("", RedirectView.as_view(pattern_name="careers:class_find"), name="class_find"),
    path("<str:code>/", RedirectView.as_view(pattern_name="careers:class"), name="class"),
]
