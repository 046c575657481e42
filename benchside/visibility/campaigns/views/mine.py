"""A school's own pages, behind the link in its mail.

Whoever holds the link speaks for the school. So its pages are kept nowhere, name themselves to
nobody, and their own addresses are not written on them as canonical or in the concern link. A form
of theirs is sent to an address that holds the secret, which no other site knows: that stands in for
an Origin, which they do not send.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.core.actions import Refused
from benchside.core.registries import Context, Panel, panels
from benchside.organisations.enums import PlaceList
from benchside.visibility.campaigns import actions, handing_out, links, plan, queries
from benchside.visibility.campaigns.forms import CertificateForm, KeepForm
from benchside.visibility.campaigns.kit.words import (
    CERTIFICATE,
    LETTER,
    PIECES,
    of_certificate,
    of_letter,
    of_piece,
)
from benchside.visibility.campaigns.messages import messages
from benchside.visibility.enums import PledgeState
from benchside.visibility.models import Pledge

PLACE = "visibility.pledge"
View = Callable[..., HttpResponse]


def for_the_school(view: View) -> View:
    """Give the view the pledge whose link the address holds; to anybody else it is not there."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, slug: str, year: int, token: str, **rest: Any) -> HttpResponse:
        day = queries.public_day(slug, year)
        request.shown_as = day.get_absolute_url()  # type: ignore[attr-defined]
        try:
            pledge = queries.pledge_of(slug, year, token)
        except Http404:
            context = {"day": day, "campaign": day.campaign}
            response = render(request, "visibility/campaigns/no_pledge.html", context, status=404)
        else:
            response = view(request, pledge, **rest)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(found)


def once_confirmed(view: View) -> View:
    """Before it is confirmed a school has one page alone, the one that asks."""

    @wraps(view)
    def checked(request: HttpRequest, pledge: Pledge, **rest: Any) -> HttpResponse:
        if pledge.state != PledgeState.CONFIRMED:
            return redirect(links.address_of(pledge))
        return view(request, pledge, **rest)

    return checked


@for_the_school
@require_safe
def mine(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    if pledge.state != PledgeState.CONFIRMED:
        return _shown(request, "confirm", pledge)
    return _mine(request, pledge)


def _mine(request: HttpRequest, pledge: Pledge, status: int = 200, **more: Any) -> HttpResponse:
    """All a school needs: code, kit, what to do, who is near, words to post, certificates."""
    day, today = pledge.day, timezone.localdate()
    context = {
        "countdown": plan.countdown(day.day, today),
        "is_over": day.day < today,
        "code": f"{pledge.code[:4]} {pledge.code[4:]}",
        "pieces": [(one, links.address_of(pledge, "kit", one.key)) for one in PIECES.values()],
        "near": queries.near(pledge),
        "messages_ready": messages(handing_out.said(day, pledge)),
        "pictures": queries.pictures_of(pledge),
        "panels": panels_of(pledge),
        "keep_form": KeepForm(initial=_as_said(pledge)),
        "certificate_form": CertificateForm(),
        **more,
    }
    return _shown(request, "mine", pledge, status=status, **context)


def panels_of(pledge: Pledge) -> list[tuple[Panel, Context]]:
    """What other rooms offer a school that joins in, such as stickers by post. They are given the
    school in plain values, and the pledge's key to know it by."""
    asked = ((one, one.context(str(pledge.key), None)) for one in panels if one.place == PLACE)
    return [(one, {**shown, "school": plain(pledge)}) for one, shown in asked if shown is not None]


def plain(pledge: Pledge) -> dict[str, str]:
    """The school as plain values, for forms of other rooms to begin with."""
    place = pledge.place
    return {
        "name": pledge.school,
        "town": pledge.town,
        "postcode": pledge.postcode,
        "urn": place.code if place and place.source == PlaceList.SCHOOLS else "",
        "campaign": pledge.day.campaign.slug,
    }


def _as_said(pledge: Pledge) -> dict[str, Any]:
    return {name: getattr(pledge, name) for name in KeepForm.base_fields}


@for_the_school
@require_POST
def confirm(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    """Only by a button: programs that look into mails follow links by themselves."""
    if pledge.state == PledgeState.MADE:
        try:
            actions.confirm_pledge(actor=links.holder_of(pledge), pledge=pledge)
        except Refused as refused:
            return _shown(request, "confirm", pledge, status=409, refused=refused)
    return redirect(links.address_of(pledge))


@for_the_school
@once_confirmed
@require_POST
def keep(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    form = KeepForm(request.POST)
    if not form.is_valid():
        return _mine(request, pledge, status=422, keep_form=form)
    actions.change_pledge(actor=links.holder_of(pledge), pledge=pledge, values=form.cleaned_data)
    return redirect(f"{links.address_of(pledge)}#keep")


@for_the_school
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    """No more reminders. Asked once, for programs that follow links in mails."""
    if request.method == "POST" and pledge.wants_reminders:
        actions.stop_reminders(actor=links.holder_of(pledge), pledge=pledge)
    return _shown(request, "stop", pledge)


@for_the_school
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, "leave", pledge)
    actions.leave(actor=links.holder_of(pledge), pledge=pledge)
    context = {"day": pledge.day, "campaign": pledge.day.campaign}
    return render(request, "visibility/campaigns/left.html", context)


# --- on paper -------------------------------------------------------------------------------------
@for_the_school
@once_confirmed
@require_safe
def kit(request: HttpRequest, pledge: Pledge, piece: str) -> HttpResponse:
    """A piece of the kit with the school's name and a QR code, counted as any other."""
    if piece not in PIECES:
        raise Http404
    handing_out.count(request, pledge.day, piece)
    words = of_piece(PIECES[piece], handing_out.about(pledge.day, pledge))
    return handing_out.pdf(PIECES[piece], words, _filename(pledge, piece))


@for_the_school
@once_confirmed
@require_http_methods(["GET", "HEAD", "POST"])
def certificate(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    """The school's; or, of a name that was typed, one technician's. The name is kept nowhere."""
    name = ""
    if request.method == "POST":
        form = CertificateForm(request.POST)
        if not form.is_valid():
            return _mine(request, pledge, status=422, certificate_form=form)
        name = form.cleaned_data["name"]
    words = of_certificate(handing_out.about(pledge.day, pledge), name=name)
    return handing_out.pdf(CERTIFICATE, words, _filename(pledge, "certificate"))


@for_the_school
@once_confirmed
@require_safe
def letter(request: HttpRequest, pledge: Pledge) -> HttpResponse:
    """To the head and governors, with figures; there is none before the day is over."""
    day = pledge.day
    if day.day >= timezone.localdate():
        raise Http404
    figures = [
        ("Schools and colleges that took part", f"{queries.schools_in(day):,}"),
        ("Photographs of the day on the wall", f"{queries.figures_of(day).pictures:,}"),
        ("Of these, from your school", f"{queries.pictures_of(pledge):,}"),
    ]
    today = timezone.localdate()
    words = of_letter(
        handing_out.about(day, pledge),
        date=f"{today:%-d %B %Y}",
        figures=figures,
        site=handing_out.printed(day).partition("/")[0],
    )
    return handing_out.pdf(LETTER, words, _filename(pledge, "letter"))


def _filename(pledge: Pledge, what: str) -> str:
    return f"{pledge.day.campaign.slug}-{pledge.day.year}-{what}.pdf"


def _shown(
    request: HttpRequest, name: str, pledge: Pledge, status: int = 200, **more: Any
) -> HttpResponse:
    """`to` are the addresses of the school's own pages by name."""
    pages = ("mine", "confirm", "keep", "stop", "leave", "certificate", "letter")
    context = {
        "pledge": pledge,
        "day": pledge.day,
        "campaign": pledge.day.campaign,
        "to": {page: links.address_of(pledge, page) for page in pages},
        **more,
    }
    return render(request, f"visibility/campaigns/{name}.html", context, status=status)
