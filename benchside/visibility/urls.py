"""Addresses of the directory, for everyone and inside an organisation, and of all that is seen."""

from django.urls import URLPattern, include, path
from django.urls.resolvers import URLResolver

from benchside.visibility.views import inside, public

app_name = "visibility"
INSIDE = "org/<slug:organisation>/visibility"
PARTS = ("stories", "credit", "campaigns", "photos", "contests", "exhibitions")
urlpatterns: list[URLPattern | URLResolver] = [
    *(path("", include(f"benchside.visibility.{part}.urls")) for part in PARTS),
    path("technicians/", public.directory, name="directory"),
    path("technicians.csv", public.directory_csv, name="directory_csv"),
    path("technicians/at/<slug:organisation>/", public.at, name="at"),
    path("technicians/at/<slug:organisation>.csv", public.at_csv, name="at_csv"),
    path("technicians/at/<slug:organisation>/embed/", public.embed, name="embed"),
    path("technicians/at/<slug:organisation>/<int:unit>/", public.in_unit, name="in_unit"),
    path("technicians/role/<slug:slug>/", public.by_term, {"name": "role"}, name="by_role"),
    path("technicians/skill/<slug:slug>/", public.by_term, {"name": "skill"}, name="by_skill"),
    path("technicians/kit/<slug:slug>/", public.by_term, {"name": "kit"}, name="by_kit"),
    path("technicians/<slug:public_id>/", public.person, name="person"),
    path(f"{INSIDE}/technicians/", inside.directory, name="inside"),
    path(f"{INSIDE}/technicians.csv", inside.directory_csv, name="inside_csv"),
    path(f"{INSIDE}/technicians/<slug:public_id>/", inside.person, name="inside_person"),
    path(f"{INSIDE}/directory/", inside.share, name="share"),
]
