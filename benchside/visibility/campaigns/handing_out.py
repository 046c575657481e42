"""Handing out the kit: its words from the records, the PDF as an answer, and the count."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from benchside.visibility.campaigns.kit.press import press
from benchside.visibility.campaigns.kit.words import About, Piece
from benchside.visibility.campaigns.messages import Said
from benchside.visibility.models import CampaignDay, KitCount, Pledge


def about(day: CampaignDay, pledge: Pledge | None = None) -> About:
    """Whose day it is. A school's own kit has its name and a QR code that leads to the day's
    page: a poster is read by pupils, so it never leads to where photographs are sent."""
    return About(
        campaign=day.campaign.name,
        day=day.in_words,
        hashtags=day.campaign.tags,
        message=day.campaign.message,
        address=printed(day),
        school=pledge.school if pledge else "",
        link=f"{settings.BASE_URL}{day.get_absolute_url()}" if pledge else "",
    )


def said(day: CampaignDay, pledge: Pledge | None = None) -> Said:
    """What there is to say in posts."""
    campaign = day.campaign
    return Said(
        campaign=campaign.name,
        day=day.in_words,
        message=campaign.message,
        tags=campaign.tags,
        address=f"{settings.BASE_URL}{day.get_absolute_url()}",
        school=pledge.school if pledge else "",
        short="" if pledge else campaign.short_words,
        long="" if pledge else campaign.long_words,
        newsletter="" if pledge else campaign.newsletter_words,
    )


def printed(day: CampaignDay) -> str:
    """The day's address without the scheme, as people type it."""
    return f"{urlsplit(settings.BASE_URL).netloc}{day.get_absolute_url()}"


def pdf(piece: Piece, words: Mapping[str, Any], filename: str) -> HttpResponse:
    """Set afresh each time, which takes hundredths of a second; no cache holds it, so that it is
    counted and a school's name is kept nowhere."""
    response = HttpResponse(press(piece, dict(words)), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="{filename}"'
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def count(request: HttpRequest, day: CampaignDay, piece: str) -> None:
    """One more was taken today. Nothing of whoever took it is read but whether it is a robot."""
    if request.method != "GET" or "bot" in request.headers.get("User-Agent", "").casefold():
        return
    row, _ = KitCount.objects.get_or_create(day=day, piece=piece, on=timezone.localdate())
    KitCount.objects.filter(pk=row.pk).update(taken=F("taken") + 1)
