"""Addresses of charters, action plans and what is made of them, part by part."""

from django.urls import include, path

app_name = "impact"
PARTS = ("bringing", "lineage", "voice", "published", "plans", "charters")
urlpatterns = [path("", include(f"benchside.impact.{part}.urls")) for part in PARTS]
