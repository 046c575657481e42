"""Addresses of the engine, part by part: writing, showing and signing, reviewing, awarding."""

from django.urls import include, path

app_name = "assessment"
# Writing comes last: any word after a submission's key that is nothing else is a question.
# "writing" last: its question's address takes any word behind the key of a submission.
PARTS = ("showing", "reviewing", "awarding", "writing")
urlpatterns = [path("", include(f"benchside.assessment.{part}.urls")) for part in PARTS]
