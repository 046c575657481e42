"""Every address of the site, room by room; Wagtail's pages answer last."""

from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from config.api import api

urlpatterns: list[URLPattern | URLResolver] = [
    # Before the workspace's first page, whose pattern would take "new" for an organisation.
    path("org/", include("benchside.organisations.urls")),
    path("my/", include("benchside.organisations.my_urls")),
    path("my/equipment/", include("benchside.organisations.equipment.my_urls")),
    path("my/", include("benchside.people.urls")),
    path("", include("benchside.organisations.equipment.public_urls")),
    path("", include("benchside.visibility.urls")),
    path("", include("benchside.outreach.urls")),
    path("", include("benchside.assessment.urls")),
    path("", include("benchside.impact.urls")),
    path("", include("benchside.recognition.urls")),
    path("", include("benchside.website.workspace_urls")),
    path("", include("benchside.website.urls")),
    path("careers/", include("benchside.careers.urls")),
    path("class/", include("benchside.careers.short_urls")),
    path("claim/", include("benchside.accounts.short_urls")),
    path("accounts/", include("benchside.accounts.urls")),
    path("", include("benchside.core.urls")),
    path("api/v1/", api.urls),
    path("desk/documents/", include(wagtaildocs_urls)),
    path("desk/", include(wagtailadmin_urls)),
]
if settings.DEBUG:
    from django.contrib.staticfiles.urls import staticfiles_urlpatterns

    urlpatterns += staticfiles_urlpatterns()
urlpatterns += [path("", include(wagtail_urls))]

handler400 = "benchside.website.views.errors.bad_request"
handler403 = "benchside.website.views.errors.forbidden"
handler404 = "benchside.website.views.errors.not_found"
handler500 = "benchside.website.views.errors.server_error"
