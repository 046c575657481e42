"""Addresses of the engine, part by part: writing, showing and signing, reviewing, awarding."""

from django.urls import include, path

app_name = "assessment"
PARTS = ("writing", "showing", "reviewing", "awarding")
urlpatterns = [path("", include(f"benchside.assessment.{part}.urls")) for part in PARTS]
