from django.urls import URLPattern, URLResolver, path
from django.views.generic import RedirectView

from benchside.website.views import concern, design, machines, search

app_name = "website"
WAGTAIL_DOORS = ("desk/login/", "_util/login/")
ONE_DOOR = RedirectView.as_view(pattern_name="account_login", query_string=True)
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", machines.healthz, name="healthz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
    # Asked for by name by browsers that have not read the page.
    path("favicon.ico", machines.favicon, name="favicon"),
    path("design/", design.design, name="design"),
    path("search/", search.search, name="search"),
    path("concern/", concern.concern, name="concern"),
    path("concern/thanks/", concern.thanks, name="concern_thanks"),
    # Wagtail brings doors of its own that ask for no second factor: there is one front door.
    *[path(door, ONE_DOOR) for door in WAGTAIL_DOORS],
]
