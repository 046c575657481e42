"""Addresses of plans that follow one another."""

from django.urls import path

from benchside.impact.lineage.views import carrying, lines

HERE = "org/<slug:organisation>/impact"
PLAN = f"{HERE}/plan/<uuid:key>"
urlpatterns = [
    path(f"{HERE}/lineage/", lines.lineage, name="lineage"),
    path(f"{HERE}/lineage.csv", lines.lineage_csv, name="lineage_csv"),
    path(f"{HERE}/lineage/<slug:code>/", lines.life, name="lineage_life"),
    path(f"{PLAN}/continue/", carrying.begin, name="continue_plan"),
    path(f"{PLAN}/carry/", carrying.carry, name="carry"),
    path(f"{PLAN}/carry.csv", carrying.carry_csv, name="carry_csv"),
    path(f"{PLAN}/carry/<slug:code>/", carrying.decide, name="carry_one"),
    path(f"{PLAN}/carry/<slug:code>/take-back/", carrying.take_back, name="carry_take_back"),
    path(f"{PLAN}/link/", lines.link, name="lineage_link"),
    path(f"{PLAN}/link/<slug:code>/undo/", lines.unlink, name="lineage_unlink"),
]
