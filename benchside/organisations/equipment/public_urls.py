"""Addresses of the public register."""

from django.urls import path

from benchside.organisations.views.equipment import register

app_name = "equipment"
urlpatterns = [
    path("equipment/", register.register, name="register"),
    path("equipment.csv", register.register_csv, name="register_csv"),
    path("equipment/at/<slug:organisation>.csv", register.organisation_csv, name="at_csv"),
    path("equipment/<int:pk>/", register.item, name="item"),
]
