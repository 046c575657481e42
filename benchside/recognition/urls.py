"""Addresses of quality marks, part by part."""

from django.urls import include, path

app_name = "recognition"
PARTS = ("marks",)
urlpatterns = [path("", include(f"benchside.recognition.{part}.urls")) for part in PARTS]
