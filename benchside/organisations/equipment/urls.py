"""Addresses of equipment in a workspace, under /org/<slug>/visibility/equipment/."""

from django.urls import URLPattern, path

from benchside.organisations.views.equipment import bringing_in, items, runners

urlpatterns: list[URLPattern] = [
    path("", items.equipment, name="equipment"),
    path("equipment.csv", items.equipment_csv, name="equipment_csv"),
    path("add/", items.add, name="equipment_add"),
    path("bring-in/", bringing_in.bring_in, name="equipment_bring_in"),
    path("bring-in/<int:pk>/", bringing_in.run, name="equipment_run"),
    path("template.csv", bringing_in.template_csv, name="equipment_template"),
    path("<int:pk>/", items.item, name="equipment_item"),
    path("<int:pk>/edit/", items.edit, name="equipment_edit"),
    path("<int:pk>/photo/", items.photo, name="equipment_photo"),
    path("<int:pk>/retire/", items.retire, name="equipment_retire"),
    path("<int:pk>/bring-back/", items.bring_back, name="equipment_bring_back"),
    path("<int:pk>/runners/", runners.add, name="equipment_add_runner"),
    path("<int:pk>/runners/<int:runs>/end/", runners.end, name="equipment_end_runner"),
]
