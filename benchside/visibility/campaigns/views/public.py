"""What anybody reads: campaigns, their partners and kit, the day and the schools that join in."""

from datetime import date

from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.core.disclosure import WORKFORCE, protect_count
from benchside.organisations.views.tables import words_of
from benchside.visibility.campaigns import handing_out, plan, queries
from benchside.visibility.campaigns.kit.press import SCENES
from benchside.visibility.campaigns.kit.words import PIECES, of_piece
from benchside.visibility.campaigns.messages import messages
from benchside.visibility.models import Campaign, CampaignDay

A_PAGE = 60
ON_THE_DAY = 60  # schools named on the day's own page


@require_safe
def campaigns(request: HttpRequest) -> HttpResponse:
    found = [(one, queries.next_day(one)) for one in queries.public_campaigns()]
    return render(request, "visibility/campaigns/campaigns.html", {"found": found})


@require_safe
def campaign(request: HttpRequest, slug: str) -> HttpResponse:
    one = queries.public_campaign(slug)
    day = queries.next_day(one)
    if day is not None:
        day.campaign = one
    context = {
        "campaign": one,
        "day": day,
        "countdown": plan.countdown(day.day, timezone.localdate()) if day else "",
        "days": list(one.days.all()),
        "pieces": PIECES.values(),
        "partners": queries.shown_partners(one),
        "scene": SCENES["main"][0],
    }
    return render(request, "visibility/campaigns/campaign.html", context)


@require_safe
def for_partners(request: HttpRequest, slug: str) -> HttpResponse:
    """Words for partners' own channels, ready to copy."""
    one = queries.public_campaign(slug)
    day = _day_of(one)
    context = {
        "campaign": one,
        "day": day,
        "messages_ready": messages(handing_out.said(day)),
        "pieces": PIECES.values(),
        "desk_email": settings.DESK_EMAIL,
    }
    return render(request, "visibility/campaigns/for_partners.html", context)


def _day_of(one: Campaign) -> CampaignDay:
    """The day that words and kit speak of. A campaign without one has neither."""
    day = queries.next_day(one)
    if day is None:
        raise Http404
    day.campaign = one
    return day


@require_safe
def day(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Before the day how to join, on it what happens, after it what came of it."""
    one = queries.public_day(slug, year)
    today = timezone.localdate()
    schools = queries.shown_schools(one)
    figures = queries.figures_of(one)
    when, photos = _when(one, today), queries.newest_photos(one)
    context = {
        "campaign": one.campaign,
        "day": one,
        "when": when,
        "countdown": plan.countdown(one.day, today),
        "programme": plan.programme(one.programme),
        "figures": figures,
        "technicians": protect_count(figures.technicians, policy=WORKFORCE, closed=True).value,
        "technicians_said": "Technicians to thank, about"
        if one.day > today
        else "Technicians thanked, about",
        "photos": photos,
        "letters": _letters(when, bool(photos), bool(one.programme)),
        "schools": list(schools[:ON_THE_DAY]),
        "shown": schools.count(),
    }
    return render(request, "visibility/campaigns/day.html", context)


def _when(one: CampaignDay, today: date) -> str:
    if one.day == today:
        return "on"
    return "before" if one.day > today else "after"


def _letters(when: str, has_photos: bool, has_programme: bool) -> dict[str, str]:
    """The letters of the zones that this page has today."""
    zones = {
        "join": when == "before",
        "pictures": has_photos or when == "on",
        "when": has_programme and when != "after",
        "schools": True,
        "plan": when != "after",
    }
    shown = [name for name, is_there in zones.items() if is_there]
    return dict(zip(shown, "ABCDE", strict=False))


@require_safe
def what_to_do(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Before, on and after the day: a list to print."""
    one = queries.public_day(slug, year)
    context = {
        "campaign": one.campaign,
        "day": one,
        "parts": plan.PARTS,
        "minutes": plan.minutes_of(plan.PARTS),
    }
    return render(request, "visibility/campaigns/what_to_do.html", context)


@require_safe
def schools(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """All schools that said they may be shown, narrowed by name, town or postcode."""
    one, words = queries.public_day(slug, year), words_of(request)
    found = Paginator(queries.shown_schools(one, words), A_PAGE)
    context = {
        "campaign": one.campaign,
        "day": one,
        "words": words,
        "page": found.get_page(request.GET.get("page")),
    }
    return render(request, "visibility/campaigns/schools.html", context)


@require_safe
def kit(request: HttpRequest, slug: str, year: int, piece: str) -> HttpResponse:
    """A piece of the kit as a PDF, counted."""
    one = queries.public_day(slug, year)
    if piece not in PIECES:
        raise Http404
    handing_out.count(request, one, piece)
    words = of_piece(PIECES[piece], handing_out.about(one))
    return handing_out.pdf(PIECES[piece], words, f"{slug}-{year}-{piece}.pdf")
