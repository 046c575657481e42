"""Addresses of marks, registers and credentials, part by part. Looking up an entry comes last:
its address takes any number."""

from django.urls import include, path

app_name = "recognition"
PARTS = (
    "marks", "registers", "registry", "bringing", "cpd", "credentials", "nominations", "entries",
)  # fmt: skip
urlpatterns = [path("", include(f"benchside.recognition.{part}.urls")) for part in PARTS]
