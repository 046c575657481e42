"""Addresses of one's own record, under /my/."""

from django.urls import URLPattern, URLResolver, include, path

from benchside.people import views
from benchside.people.cpd import urls as cpd

app_name = "people"
urlpatterns: list[URLPattern | URLResolver] = [
    path("record/", views.begin, name="begin"),
    path("profile/", views.profile, name="profile"),
    path("profile/photo/", views.photo, name="photo"),
    path("profile/skills/", views.terms, {"kind": "skills"}, name="skills"),
    path("profile/kit/", views.terms, {"kind": "kit"}, name="kit"),
    path("profile/qualifications/", views.lines, {"kind": "qualifications"}, name="qualifications"),
    path("profile/languages/", views.lines, {"kind": "languages"}, name="languages"),
    path("visibility/", views.audiences, name="audiences"),
    path("visibility/switch/", views.switch, name="switch"),
    path("preview/", views.preview, name="preview"),
    path("cpd/", include(cpd.urlpatterns)),
]
