"""Pages for machines: health, robots, sitemap."""

from collections.abc import Iterator
from datetime import date

from django.conf import settings
from django.core.cache import cache
from django.db import DatabaseError, connection
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.templatetags.static import static
from django.utils import timezone
from wagtail.models import Page

from benchside.careers import sitemap as careers_sitemap
from benchside.impact.charters import sitemap as charters_sitemap
from benchside.impact.published import sitemap as plans_sitemap
from benchside.organisations.equipment import sitemap as equipment_sitemap
from benchside.outreach import sitemap as outreach_sitemap
from benchside.recognition import sitemap as recognition_sitemap
from benchside.visibility import sitemap as visibility_sitemap
from benchside.visibility.models import StoryIndexPage, StoryPage
from benchside.visibility.stories.reading import sitemap as stories_sitemap

Entry = tuple[str, date | None]


def healthz(request: HttpRequest) -> JsonResponse:
    """200 while the database answers and the cache keeps, else 503; each part by name."""
    parts = {"database": database_answers(), "cache": cache_keeps()}
    well = all(parts.values())
    response = JsonResponse(
        {"status": "ok" if well else "failing", **parts}, status=200 if well else 503
    )
    response["Cache-Control"] = "no-store"
    return response


def database_answers() -> bool:
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
            return cursor.fetchone() == (1,)
    except DatabaseError:
        return False


def cache_keeps() -> bool:
    now = timezone.now().isoformat()
    try:
        cache.set("healthz", now, 10)
        return cache.get("healthz") is not None
    except OSError:  # no disk, no Redis
        return False


def robots(request: HttpRequest) -> HttpResponse:
    lines = [
        "User-agent: *",
        "Disallow: /accounts/",
        "Disallow: /desk/",
        "Disallow: /outbox/",
        "",
        f"Sitemap: {settings.BASE_URL}/sitemap.xml",
        f"Sitemap: {settings.BASE_URL}/registers/sitemap.xml",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def favicon(request: HttpRequest) -> HttpResponse:
    return redirect(static("website/favicon.ico"), permanent=False)


def sitemap(request: HttpRequest) -> HttpResponse:
    return render(
        request,
        "website/sitemap.xml",
        {"entries": [(settings.BASE_URL + path, changed) for path, changed in entries()]},
        content_type="application/xml",
    )


def entries() -> Iterator[Entry]:
    written = Page.objects.live().public().filter(depth__gt=1)
    # Whether a story is seen is said by its record, not by its page.
    for page in written.not_type(StoryIndexPage, StoryPage).order_by("path"):
        changed = page.last_published_at
        url = page.get_url()
        if url:
            yield url.removeprefix(settings.BASE_URL), changed.date() if changed else None
    yield from careers_sitemap.entries()
    yield from charters_sitemap.entries()
    yield from equipment_sitemap.entries()
    yield from outreach_sitemap.entries()
    yield from recognition_sitemap.entries()
    yield from visibility_sitemap.entries()
    yield from stories_sitemap.entries()
    yield from plans_sitemap.entries()
