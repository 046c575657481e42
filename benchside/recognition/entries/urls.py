"""Addresses of this part: for everybody, for the person, for the registrar. What takes any number
stands last."""

from django.urls import URLPattern, path

from benchside.recognition.entries.views import (
    checking,
    keeping,
    mine,
    public,
    sitemaps,
    statements,
)

DESK = "registry/<slug:register>"
HERE = "registers/<slug:register>"
urlpatterns: list[URLPattern] = [
    path("registers/find/", public.find, name="find_entries"),
    path("registers/sitemap.xml", sitemaps.index, name="register_sitemap"),
    path("registers/sitemap-<int:number>.xml", sitemaps.page, name="register_sitemap_page"),
    path("registers/check/", checking.check_entries, name="check_entries"),
    path("registers/statement-key.pem", statements.key, name="statement_key"),
    path(
        "registers/statement-keys/<slug:fragment>.pem",
        statements.key_of,
        name="statement_key_of",
    ),
    path("registers/statement/check/", statements.check_any, name="check_statement"),
    path("registers/statement/<uuid:key>/check/", statements.check_one, name="statement_check"),
    path("my/registrations/<str:number>/shown/", mine.shown, name="my_shown"),
    path(f"{DESK}/hiding.csv", keeping.hiding_csv, name="hiding_csv"),
    path(f"{DESK}/hiding/", keeping.hiding, name="hiding"),
    path(f"{DESK}/hiding/<int:pk>/", keeping.answer, name="hiding_answer"),
    path(f"{DESK}/names/<str:number>/", keeping.names, name="entry_names"),
    path(f"{DESK}/as-at/", keeping.register_as_at, name="register_as_at"),
    path(f"{DESK}/seals/", keeping.register_seals, name="register_seals"),
    path(f"{HERE}/", public.look_up, name="register"),
    path(f"{HERE}/statuses/", public.statuses, name="statuses"),
    path(f"{HERE}/<str:number>/statement/", statements.statement, name="statement"),
    path(f"{HERE}/<str:number>/", public.entry, name="entry"),
]
