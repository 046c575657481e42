"""Figures of what came in: for the desk, as CSV, and as measures of an organisation."""

import datetime
from collections.abc import Mapping
from functools import partial
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.core.registries import Measure, Measured
from benchside.visibility.enums import PhotoState, RefusedFor
from benchside.visibility.models import Campaign, CampaignDay, Photo
from benchside.visibility.photos.moderation_access import moderators_only
from benchside.visibility.photos.moderation_counts import (
    Figures,
    Seen,
    by_group,
    figures,
    in_words,
)

MOST_SCHOOLS = 100  # on the page; the file has all
HEADER = (
    "School", "Received", "Approved", "Refused", "Waiting", "Withdrawn",
    "Median hours to approval", "Approved within a day, %",
)  # fmt: skip


@moderators_only
@require_safe
def page(request: HttpRequest) -> HttpResponse:
    """All figures, or those of one campaign.

    whole    of `Figures`; reasons as (label, count, address) for bars
    days, schools    lists of lines: {name, figures, hours, within}
    """
    photos = _asked(request)
    whole, schools = figures(seen(photos, "school")), by_group(seen(photos, "school"))
    reasons = [
        (str(RefusedFor(reason).label), count, "") for reason, count in whole.reasons.most_common()
    ]
    context = {
        "whole": _line("", whole),
        "reasons": reasons,
        "days": [_line(name, one) for name, one in by_group(seen(photos, "day"))],
        "schools": [_line(name, one) for name, one in schools[:MOST_SCHOOLS]],
        "more_schools": max(0, len(schools) - MOST_SCHOOLS),
        "campaigns": Campaign.objects.order_by("name"),
        "campaign": request.GET.get("campaign", ""),
        "here": "figures",
    }
    return render(request, "visibility/photos/figures.html", context)


@moderators_only
@require_safe
def page_csv(request: HttpRequest) -> HttpResponse:
    rows = [
        (
            name, one.received, one.approved, one.refused, one.waiting, one.withdrawn,
            "" if one.hours is None else round(one.hours, 1),
            "" if one.within_a_day is None else round(one.within_a_day * 100),
        )
        for name, one in by_group(seen(_asked(request), "school"))
    ]  # fmt: skip
    return csv_response("photographs-by-school.csv", HEADER, rows)


def seen(photos: QuerySet[Photo], by: str) -> list[Seen]:
    """What is counted, under the school or the campaign day it came for: one query, and one more
    for the days."""
    days = _days() if by == "day" else {}
    rows = photos.values(
        "school", "pledge__school", "organisation__name", "campaign_id", "campaign__name", "year",
        "pledge__day_id", "state", "refused_for", "received_at", "approved_at",
    )  # fmt: skip
    group = _school if by == "school" else partial(_day, days)
    return [
        Seen(group(row), row["state"], row["refused_for"], row["received_at"], row["approved_at"])
        for row in rows
    ]


def _school(row: Mapping[str, Any]) -> str:
    return row["school"] or row["pledge__school"] or row["organisation__name"] or "No school"


def _day(days: Mapping[object, str], row: Mapping[str, Any]) -> str:
    day = days.get(row["pledge__day_id"]) or days.get((row["campaign_id"], row["year"]))
    campaign = row["campaign__name"]
    return day or (f"{campaign}, {row['year']}" if campaign else "No campaign")


def _days() -> dict[object, str]:
    """Each campaign day by its number, and by its campaign and year."""
    found: dict[object, str] = {}
    for day in CampaignDay.objects.select_related("campaign").order_by("day"):
        found[day.pk] = found[(day.campaign_id, day.day.year)] = str(day)
    return found


def _asked(request: HttpRequest) -> QuerySet[Photo]:
    slug = request.GET.get("campaign", "")[:60].replace("\0", "")
    photos = Photo.objects.order_by()
    return photos.filter(campaign__slug=slug) if slug else photos


def _line(name: str, one: Figures) -> dict[str, object]:
    within = one.within_a_day
    return {
        "name": name,
        "figures": one,
        "hours": in_words(one.hours),
        "within": "-" if within is None else f"{round(within * 100)} %",
    }


# --- measures of an organisation --------------------------------------------------------------
def _of(organisation_id: int, on: datetime.date) -> QuerySet[Photo]:
    """What came from it up to the end of a day: sent by its people, or by its pledge."""
    end = timezone.make_aware(datetime.datetime.combine(on, datetime.time.max))
    theirs = Q(organisation=organisation_id) | Q(pledge__organisation=organisation_id)
    return Photo.objects.filter(theirs, received_at__lte=end)


def received(organisation_id: int, on: datetime.date) -> Measured:
    return Measured(value=_of(organisation_id, on).count())


def approved(organisation_id: int, on: datetime.date) -> Measured:
    return Measured(value=_of(organisation_id, on).filter(state=PhotoState.APPROVED).count())


MEASURES = (
    Measure(
        key="visibility.photos_received",
        title="Photographs of technicians sent in",
        unit="photographs",
        policy="",
        observe=received,
        order=210,
    ),
    Measure(
        key="visibility.photos_approved",
        title="Photographs of technicians on the wall",
        unit="photographs",
        policy="",
        observe=approved,
        order=211,
    ),
)
