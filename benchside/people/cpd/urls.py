"""Addresses of one's own CPD log, under /my/cpd/."""

from django.urls import URLPattern, path

from benchside.people.cpd.views import activity, bringing, log, own

urlpatterns: list[URLPattern] = [
    path("", log.log, name="cpd"),
    path("add/", log.add, name="cpd_add"),
    path("how/", log.how, name="cpd_how"),
    path("log.csv", log.as_csv, name="cpd_csv"),
    path("log.json", log.as_json, name="cpd_json"),
    path("log.pdf", log.as_pdf, name="cpd_pdf"),
    path("bring-in/", bringing.bring_in, name="cpd_bring_in"),
    path("bring-in/template.csv", bringing.template, name="cpd_template"),
    path("bring-in/<int:pk>/", bringing.run, name="cpd_run"),
    path("bring-in/<int:pk>/decide/", bringing.decide, name="cpd_decide"),
    path("settings/", own.settings, name="cpd_settings"),
    path("settings/remind/", own.remind, name="cpd_remind"),
    path("settings/breaks/<int:pk>/", own.end_break, name="cpd_end_break"),
    path("shares/", own.shares, name="cpd_shares"),
    path("shares/<uuid:key>/revoke/", own.revoke, name="cpd_revoke"),
    path("quiet/<str:token>/", own.quiet, name="cpd_quiet"),
    path("<uuid:key>/", activity.one, name="cpd_one"),
    path("<uuid:key>/file/", activity.add_file, name="cpd_add_file"),
    path("<uuid:key>/link/", activity.add_link, name="cpd_add_link"),
    path("<uuid:key>/evidence/<int:pk>/", activity.file, name="cpd_file"),
    path("<uuid:key>/evidence/<int:pk>/remove/", activity.remove_evidence, name="cpd_remove"),
    path("<uuid:key>/again/", activity.again, name="cpd_again"),
    path("<uuid:key>/done/", activity.mark_done, name="cpd_done"),
    path("<uuid:key>/delete/", activity.delete, name="cpd_delete"),
]
