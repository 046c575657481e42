"""Addresses of marks: for everybody, for a school, for those who run them."""

from django.urls import URLPattern, path

from benchside.recognition.marks.views import hours, officers, public, workspace

INSIDE = "org/<slug:organisation>/recognition/marks"
urlpatterns: list[URLPattern] = [
    path("marks/", public.marks, name="marks"),
    path("marks/<slug:mark>/", public.mark, name="mark"),
    path("marks/<slug:mark>/<str:number>/", public.award, name="award"),
    path("marks/<slug:mark>/<str:number>/banner.svg", public.banner, name="banner"),
    path(f"{INSIDE}/", workspace.inside, name="inside_marks"),
    path(f"{INSIDE}/<slug:mark>/begin/", workspace.begin, name="inside_mark_begin"),
    path(f"{INSIDE}/order/<int:pk>/", workspace.order, name="inside_mark_order"),
    path(f"{INSIDE}/<str:number>/certificate.pdf", workspace.certificate, name="certificate"),
    path(f"{INSIDE}/hours/<uuid:key>/", hours.hours, name="hours"),
    path("assess/marks/", officers.applications, name="run_marks"),
    path("assess/marks/applications.csv", officers.applications_csv, name="run_marks_csv"),
    path("assess/marks/follow-ups/", officers.follow_ups, name="follow_ups"),
    path("assess/marks/follow-ups/<int:pk>/", officers.follow_up, name="follow_up"),
    path("assess/marks/applications/<int:pk>/", officers.application, name="run_mark"),
    path("assess/marks/of/<slug:mark>/", officers.settings, name="run_mark_settings"),
]
