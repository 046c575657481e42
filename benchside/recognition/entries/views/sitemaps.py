"""Sitemaps of the registers: an index, and its pages."""

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benchside.recognition.entries import sitemaps

XML = "application/xml"


@require_safe
def index(request: HttpRequest) -> HttpResponse:
    pages = [_absolute("register_sitemap_page", one) for one in sitemaps.pages()]
    template = "recognition/entries/sitemap_index.xml"
    return render(request, template, {"pages": pages}, content_type=XML)


@require_safe
def page(request: HttpRequest, number: int) -> HttpResponse:
    found = [_absolute("entry", *one) for one in sitemaps.page(number)]
    if not found:
        raise Http404
    context = {"entries": found}
    return render(request, "recognition/entries/sitemap.xml", context, content_type=XML)


def _absolute(name: str, *args: object) -> str:
    return settings.BASE_URL + reverse(f"recognition:{name}", args=args)
