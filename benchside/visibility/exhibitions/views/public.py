"""Exhibitions for everybody: a list, a page each, and calendars to subscribe to.

What is on changes with the day, so the pages say which day they were made on; the page cache keeps
them for ten minutes at most, and lets go of them when anything changes.
"""

from datetime import timedelta
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.core.ics import AllDay, calendar
from benchside.visibility.exhibitions import prints, queries
from benchside.visibility.models import Exhibition, Stop

KEEP_IN_CALENDAR = timedelta(days=365)  # so long a stop that is over stays in the feed


@require_safe
def exhibitions(request: HttpRequest) -> HttpResponse:
    """All that are shown, with where each is now or goes next."""
    today = timezone.localdate()
    found = list(queries.public_exhibitions().prefetch_related("stops"))
    rows = [(one, queries.tour(one.stops.all(), today)) for one in found]
    return render(request, "visibility/exhibitions/list.html", {"rows": rows, "today": today})


@require_safe
def exhibition(request: HttpRequest, slug: str) -> HttpResponse:
    one = get_object_or_404(queries.public_exhibitions().select_related("campaign"), slug=slug)
    today = timezone.localdate()
    visitors, is_guess = queries.visitors_of(one)
    panels = queries.panels_shown(one)
    context = {
        "exhibition": one,
        "tour": queries.tour(one.stops.all(), today),
        "panels": [(panel, prints.sheet_of(panel), prints.picture_of(panel)) for panel in panels],
        "visitors": visitors,
        "is_guess": is_guess,
        "feed": _webcal(reverse("visibility:exhibition_calendar", args=[slug])),
    }
    return render(request, "visibility/exhibitions/exhibition.html", context)


@require_safe
def calendar_of_all(request: HttpRequest) -> HttpResponse:
    stops = Stop.objects.filter(exhibition__in=queries.public_exhibitions())
    return _calendar("Technicians on tour", "exhibitions", stops)


@require_safe
def calendar_of_one(request: HttpRequest, slug: str) -> HttpResponse:
    one = get_object_or_404(queries.public_exhibitions(), slug=slug)
    return _calendar(one.title, one.slug, one.stops.all())


def _calendar(name: str, filename: str, stops: QuerySet[Stop]) -> HttpResponse:
    since = timezone.localdate() - KEEP_IN_CALENDAR
    found = (
        stops.filter(ends_on__gte=since).select_related("exhibition").order_by("starts_on", "pk")
    )
    text = calendar(name, [_entry(one) for one in found], made_by=settings.SITE_NAME)
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response


def _entry(stop: Stop) -> AllDay:
    """Everything the page shows, and nothing that is for the team alone."""
    exhibition: Exhibition = stop.exhibition
    said = (exhibition.lead, stop.hours, f"Getting in: {stop.access}" if stop.access else "")
    return AllDay(
        uid=f"{stop.uid}@{urlsplit(settings.BASE_URL).hostname}",
        sequence=stop.sequence,
        changed_at=stop.changed_at,
        first=stop.starts_on,
        last=stop.ends_on,
        title=f"{exhibition.title}: {stop.venue}",
        place=", ".join(filter(None, [stop.venue, stop.address, stop.town, stop.postcode])),
        words="\n".join(filter(None, said)),
        url=f"{settings.BASE_URL}{exhibition.get_absolute_url()}",
        is_cancelled=stop.is_cancelled,
    )


def _webcal(path: str) -> str:
    """An address that phones offer to subscribe to, not to download once."""
    return f"webcal://{urlsplit(settings.BASE_URL).netloc}{path}"
