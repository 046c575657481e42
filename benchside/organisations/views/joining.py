"""Find your organisation and ask for it: five small pages that fit a phone."""

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.organisations import actions, live_places, queries
from benchside.organisations.enums import PlaceList
from benchside.organisations.forms import AboutYou, Typed
from benchside.organisations.models import KnownPlace

SHOWN = 12
NUMBER_OF = {
    PlaceList.SCHOOLS: "urn",
    PlaceList.UNIVERSITIES: "ukprn",
    PlaceList.RESEARCH: "ror",
}


@require_safe
@never_cache
def find(request: HttpRequest) -> HttpResponse:
    """The first two screens: type a name, town, postcode or number; choose."""
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    context: dict[str, Any] = {"typed": typed}
    if typed:
        found = live_places.find(typed, limit=SHOWN)
        opened = queries.open_among(found.places)
        context |= {
            "found": [(place, opened.get(place.pk), _chosen(place)) for place in found.places],
            "total": found.total,
            "read_as": found.read_as,
        }
    return render(request, "organisations/find.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@never_cache
def check(request: HttpRequest) -> HttpResponse:
    """The last screen: see that it is right, say what you do there, send."""
    place = _place(request)
    if not request.user.is_authenticated:
        here = urlencode({"next": request.get_full_path()})
        return redirect(f"{reverse('account_signup')}?{here}")
    kind_of_form = AboutYou if place else Typed
    form = kind_of_form(request.POST or None, initial={"name": request.GET.get("name", "")[:160]})
    if request.method == "POST" and form.is_valid():
        asked = dict(form.cleaned_data)
        asked.pop("is_mine")
        try:
            made = actions.apply(
                actor=Actor.of(request.user),
                applicant=request.user,
                details={**(details_of(place) if place else {}), **asked},
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(
                request,
                f"You asked for {made.name}. A person reads it, then we write to you.",
            )
            return redirect("workspace:my")
    status = 422 if form.errors else 200
    context = {"form": form, "place": place}
    return render(request, "organisations/check.html", context, status=status)


def _chosen(place: KnownPlace) -> str:
    asked = urlencode({"list": place.source, "code": place.code})
    return f"{reverse('organisations:check')}?{asked}"


def _place(request: HttpRequest) -> KnownPlace | None:
    """The place the address names; None when it names none. 404 for one no list knows."""
    code = request.GET.get("code", "").replace("\0", "")
    if not code:
        return None
    found = KnownPlace.objects.filter(source=request.GET.get("list", "")[:20], code=code[:12])
    place = found.first()
    if place is None or not place.is_open:
        raise Http404
    return place


def details_of(place: KnownPlace) -> dict[str, str]:
    """What a real list knows, as fields of an organisation."""
    return {
        "name": place.name[:160],
        "kind": place.kind,
        "town": place.town,
        "region": place.region,
        "nation": place.nation,
        "website": _address(place.website),
        "ukprn": place.ukprn,
        NUMBER_OF[PlaceList(place.source)]: place.code,
    }


def _address(text: str) -> str:
    """Lists write "www.example.sch.uk"; what makes no address is left out."""
    whole = text if "://" in text else f"https://{text}"
    try:
        URLValidator(schemes=["http", "https"])(whole)
    except ValidationError:
        return ""
    return whole
