"""A school joins in on a phone, without an account: find it, say who you are, look in your mail."""

from datetime import timedelta
from urllib.parse import urlencode

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import VISITOR, Refused
from benchside.core.open_forms import is_too_often
from benchside.organisations import live_places
from benchside.organisations.enums import PlaceList
from benchside.organisations.models import KnownPlace
from benchside.visibility.campaigns import actions, places, queries
from benchside.visibility.campaigns.forms import JoinForm, SendAgainForm, TypedJoinForm
from benchside.visibility.models import CampaignDay

SHOWN = 12
MOST_SENT = 20  # of one network within the time: a trust signs up all its schools in an afternoon
WITHIN = timedelta(hours=1)
TOO_OFTEN = "Many schools joined from your network. Please try again in an hour."


@never_cache
@require_safe
def find(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The first screen: name, town or postcode; then choose."""
    day = queries.public_day(slug, year)
    typed = " ".join(request.GET.get("q", "").replace("\0", " ").split())[:200]
    context = {"campaign": day.campaign, "day": day, "typed": typed}
    if typed:
        found = live_places.find(typed, sources=[PlaceList.SCHOOLS], limit=SHOWN)
        joined = set(
            day.pledges.confirmed()  # type: ignore[attr-defined]
            .filter(place__in=[one.pk for one in found.places])
            .values_list("place", flat=True)
        )
        context |= {
            "found": [(one, one.pk in joined, _chosen(day, one)) for one in found.places],
            "total": found.total,
            "read_as": found.read_as,
        }
    return render(request, "visibility/campaigns/find.html", context)


def _chosen(day: CampaignDay, place: KnownPlace) -> str:
    address = reverse("visibility:campaign_join", args=[day.campaign.slug, day.year])
    return f"{address}?{urlencode({'code': place.code})}"


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The second screen: who asks, and two things about the school."""
    day, place = queries.public_day(slug, year), _place(request)
    kind = JoinForm if place else TypedJoinForm
    if request.method != "POST":
        typed = {"school": request.GET.get("name", "").replace("\0", "")[:200]}
        return _form(request, day, place, kind(request, initial=typed))
    form = kind(request, request.POST)
    if not form.is_valid():
        return _form(request, day, place, form, status=422)
    if form.is_from_a_robot:
        return redirect("visibility:campaign_joined", slug, year)
    if is_too_often(request, what="campaign-pledge", limit=MOST_SENT, within=WITHIN):
        form.add_error(None, TOO_OFTEN)
        return _form(request, day, place, form, status=429)
    values = {**(places.from_place(place) if place else {}), **form.values()}
    try:
        actions.make_pledge(actor=VISITOR, day=day, values=values)
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form(request, day, place, form, status=409)
    return redirect("visibility:campaign_joined", slug, year)


def _place(request: HttpRequest) -> KnownPlace | None:
    """The school the address names; None when it names none. 404 for one no list knows."""
    code = request.GET.get("code", "").replace("\0", "")[:12]
    if not code:
        return None
    found = KnownPlace.objects.filter(source=PlaceList.SCHOOLS, code=code, is_open=True).first()
    if found is None:
        raise Http404
    return found


def _form(
    request: HttpRequest,
    day: CampaignDay,
    place: KnownPlace | None,
    form: JoinForm,
    status: int = 200,
) -> HttpResponse:
    context = {"campaign": day.campaign, "day": day, "place": place, "form": form}
    return render(request, "visibility/campaigns/join.html", context, status=status)


@require_safe
def joined(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """Look in your mail. The same page for everybody: it tells nobody which address is known."""
    day = queries.public_day(slug, year)
    context = {"campaign": day.campaign, "day": day}
    return render(request, "visibility/campaigns/joined.html", context)


@never_cache
@csrf_exempt  # as above
@require_http_methods(["GET", "HEAD", "POST"])
def send_again(request: HttpRequest, slug: str, year: int) -> HttpResponse:
    """The link is lost: it is sent again, to the address it was sent to."""
    day = queries.public_day(slug, year)
    form = SendAgainForm(request, request.POST if request.method == "POST" else None)
    status = 200
    if request.method == "POST":
        if form.is_valid() and not form.is_from_a_robot:
            if not is_too_often(request, what="campaign-link", limit=10, within=WITHIN):
                actions.send_link_again(actor=VISITOR, day=day, email=form.cleaned_data["email"])
                return redirect("visibility:campaign_joined", slug, year)
            form.add_error(None, "That was tried often. Please try again in an hour.")
        status = 422
    context = {"campaign": day.campaign, "day": day, "form": form}
    return render(request, "visibility/campaigns/send_again.html", context, status=status)
