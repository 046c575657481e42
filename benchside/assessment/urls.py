"""Addresses of the engine, part by part: writing, showing and signing, reviewing, awarding."""

from django.urls import include, path

app_name = "assessment"
# "writing" last: its question's address takes any word behind the key of a submission.
PARTS = ("showing", "reviewing", "awarding", "writing")
urlpatterns = [path("", include(f"benchside.assessment.{part}.urls")) for part in PARTS]
