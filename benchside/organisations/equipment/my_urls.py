"""Addresses of what a technician runs, under /my/equipment/."""

from django.urls import path

from benchside.organisations.views.equipment import runners

app_name = "my_equipment"
urlpatterns = [
    path("", runners.mine, name="mine"),
    path("<int:pk>/say/", runners.say, name="say"),
    path("said/<int:pk>/", runners.answer, name="answer"),
]
