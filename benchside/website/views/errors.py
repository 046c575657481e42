"""Error pages: what happened, what to do, and the request's id for whoever is asked.

They are made from a template and plain values alone: no request context, so that a fault in the
database, the session or a context processor cannot take the page that reports it down as well.
"""

from django.http import HttpRequest, HttpResponse
from django.template.loader import render_to_string

from benchside.core import logs

TITLES = {400: "Not understood", 403: "Not allowed", 404: "Not found", 500: "Out of order"}


def _page(code: int) -> HttpResponse:
    context = {"code": code, "title": TITLES[code], "request_id": logs.request_id.get()}
    return HttpResponse(render_to_string(f"website/errors/{code}.html", context), status=code)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(400)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(403)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page(404)


def server_error(request: HttpRequest) -> HttpResponse:
    return _page(500)
