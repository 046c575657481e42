"""The floors: a bare WSGI application, and a bare Django view that lists twenty rows."""

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import django
from django.conf import settings
from django.core.handlers.wsgi import WSGIHandler
from django.db import connection, models
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path

TYPE = ("Content-Type", "text/html; charset=utf-8")
made: dict[str, tuple[list[tuple[str, str]], list[bytes]]] = {}


def wsgi(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    """`/20000` is answered with so many bytes, which are made once."""
    path = environ["PATH_INFO"]
    if path not in made:
        size = int(path.strip("/") or 0)
        made[path] = ([TYPE, ("Content-Length", str(size))], [b"x" * size])
    headers, body = made[path]
    start_response("200 OK", headers)
    return body


LIST = (
    "<!doctype html><title>Rows</title><ul>{% for row in rows %}"
    "<li>{{ row.title }} {{ row.sentence }}</li>{% endfor %}</ul>"
)


def make_django() -> WSGIHandler:
    folder = Path(os.environ["BENCHSIDE_VAR"])
    settings.configure(
        SECRET_KEY="only-for-measuring",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF=__name__,
        INSTALLED_APPS=[],
        DATABASES={
            "default": {"ENGINE": "django.db.backends.sqlite3", "NAME": folder / "bare.sqlite3"}
        },
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [("django.template.loaders.locmem.Loader", {"list.html": LIST})]
                },
            }
        ],
        MIDDLEWARE=[],
    )
    django.setup()
    return WSGIHandler()


def rows(request: HttpRequest) -> HttpResponse:
    return render(request, "list.html", {"rows": Row.objects.all()[:20]})


urlpatterns = [path("", rows)]

if os.environ.get("BENCH_BARE") == "django":
    django_application = make_django()

    class Row(models.Model):
        title = models.CharField(max_length=80)
        sentence = models.CharField(max_length=200)

        class Meta:
            app_label = "bare"

        def __str__(self) -> str:
            return self.title

    if "bare_row" not in connection.introspection.table_names():
        try:
            with connection.schema_editor() as editor:
                editor.create_model(Row)
            Row.objects.bulk_create(
                Row(title=f"Row {number}", sentence="A sentence about it. " * 5)
                for number in range(20)
            )
        except django.db.OperationalError:
            pass  # the other worker was quicker
    connection.close()
