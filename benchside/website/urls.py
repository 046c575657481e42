from django.urls import URLPattern, URLResolver, path

from benchside.website.views import machines

app_name = "website"
urlpatterns: list[URLPattern | URLResolver] = [
    path("healthz", machines.healthz, name="healthz"),
    path("robots.txt", machines.robots, name="robots"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]
