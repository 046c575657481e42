"""What programs read of a charter: a table, a feed, calendars."""

from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.impact.charters import addresses, calendars, links, queries
from benchside.impact.charters.views.public import chosen_of
from benchside.impact.models import Charter

IN_A_FEED = 50


@require_safe
def signatories_csv(request: HttpRequest, charter: str) -> HttpResponse:
    """The list as chosen, all its pages."""
    one = get_object_or_404(Charter, slug=charter)
    found: Any = queries.public_signatories(one, chosen_of(request))
    header = (
        "Organisation", "Kind", "Nation", "Town", "Part", "Cohort", "Since", "Status", "Next stage",
        "Next due", "Contact", "E-mail", "Page",
    )  # fmt: skip
    rows = (
        (
            each.organisation.name, each.organisation.get_kind_display(),
            each.organisation.get_nation_display(), each.organisation.town,
            each.get_part_display(), each.cohort.title if each.cohort else "", each.announced_on,
            queries.standing(each)[0], each.now_stage or "", each.now_due or "",
            each.contact_name, each.contact_email,
            request.build_absolute_uri(addresses.of_signatory(each)),
        )
        for each in found
    )  # fmt: skip
    return csv_response(f"{one.slug}-signatories.csv", header, rows)


@require_safe
def announcements(request: HttpRequest, charter: str) -> HttpResponse:
    """Who was announced, the newest first, as an Atom feed."""
    one = get_object_or_404(Charter, slug=charter)
    found = list(queries.public_signatories(one).order_by("-announced_on", "-pk")[:IN_A_FEED])
    context = {
        "charter": one,
        "found": [(each, addresses.of_signatory(each)) for each in found],
        "top_url": reverse("impact:charter", args=[one.slug]),
        "self_url": reverse("impact:charter_feed", args=[one.slug]),
    }
    text = render_to_string("impact/charters/feed.atom", context, request)
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


@require_safe
def windows(request: HttpRequest, charter: str) -> HttpResponse:
    one = get_object_or_404(Charter, slug=charter)
    return _calendar(calendars.windows(one, timezone.localdate()), one.slug)


@require_safe
def own_calendar(request: HttpRequest, token: str) -> HttpResponse:
    """The days of one organisation, by a lead's own link. No cache keeps it."""
    one = links.signatory_of(token)
    if one is None:
        raise Http404
    response = _calendar(calendars.own(one), f"{one.charter.slug}-{one.organisation.slug}")
    response["Cache-Control"] = "private, no-store"
    return response


def _calendar(text: str, filename: str) -> HttpResponse:
    response = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{filename}.ics"'
    return response
