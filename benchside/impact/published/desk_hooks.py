"""What this part adds to the desk."""

from django.urls import path
from django.urls.resolvers import URLPattern
from wagtail import hooks

from benchside.impact.published import desk


@hooks.register("register_admin_urls")
def report_urls() -> list[URLPattern]:
    return [
        path("charters/<slug:charter>/report/", desk.Report.as_view(), name="desk_charter_report")
    ]
