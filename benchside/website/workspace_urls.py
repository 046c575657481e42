"""Addresses of the shells whose sheets the rooms bring."""

from django.urls import URLPattern, URLResolver, path

from benchside.website.views import workspace as views
from benchside.website.workspace import AREAS

app_name = "workspace"
urlpatterns: list[URLPattern | URLResolver] = [
    path("my/", views.my, name="my"),
    path("my/data/", views.my_data, name="my_data"),
    path("org/<slug:organisation>/", views.overview, name="overview"),
    *[
        path(f"org/<slug:organisation>/{area.key}/", views.area, {"area": area.key}, name=area.key)
        for area in AREAS
    ],
]
