"""Two screens without an account: choose packs; say which school. Then a link comes by e-mail.

What was chosen travels in the address, which holds nothing of a person; the second screen is a
form anybody may send (core.open_forms), so no cookie is set on either.
"""

import hashlib
import re
from datetime import timedelta
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import VISITOR, Refused
from benchside.core.open_forms import is_too_often
from benchside.organisations.models import KnownPlace
from benchside.outreach.models import Item
from benchside.outreach.orders import actions, matching, queries
from benchside.outreach.orders.forms import NONE_OF_THESE, OrderForm, PacksForm
from benchside.outreach.orders.schools import postcode, school_year

MOST_ORDERS = 20  # of one address within the time: a school, or a trust, is one address
WITHIN = timedelta(hours=1)
SLUG = re.compile(r"[a-z0-9-]{1,60}")
KEPT = ("list", "code", "campaign", "school")  # what comes along from a pledge or a workspace


@require_safe
def choose(request: HttpRequest) -> HttpResponse:
    """The first screen. The same for everyone, so it is kept whole."""
    asked = request.GET
    items = queries.on_offer(asked.get("campaign", "")[:60])
    context = {
        "lines": [(item, range(_most(item) + 1), _number(asked, item)) for item in items],
        "kept": [(name, asked[name][:60]) for name in KEPT if asked.get(name)],
        "is_empty_handed": "chosen" in asked,
    }
    return render(request, "outreach/orders/choose.html", context)


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def where_to(request: HttpRequest) -> HttpResponse:
    """The second screen: which school, whose parcel, where to."""
    items = queries.on_offer()
    most = {item.pk: _most(item) for item in items}
    packs = PacksForm(request.GET, items=items, most=most)
    if not packs.is_valid() or not packs.packs():
        again = request.GET.copy()
        again["chosen"] = "none"
        return redirect(f"{reverse('outreach:orders')}?{again.urlencode()}")
    place = matching.place_of(_said(request, "list"), _said(request, "code"))
    if request.method != "POST":
        return _page(
            request, OrderForm(request, place=place, initial=_known(request, place)), packs, place
        )
    return _sent(request, packs, place)


def _sent(request: HttpRequest, packs: PacksForm, place: KnownPlace | None) -> HttpResponse:
    if place is None and request.POST.get("which") != NONE_OF_THESE:
        found = _meant(request)
    else:
        found = matching.Meant(place=place)
    form = OrderForm(request, request.POST, place=place, candidates=found.candidates)
    if not form.is_valid():
        return _page(request, form, packs, place, status=422)
    if form.is_from_a_robot:
        return redirect("outreach:order_placed")
    if is_too_often(request, what="order", limit=MOST_ORDERS, within=WITHIN):
        form.add_error(None, "Many orders came from your network. Try again in an hour.")
        return _page(request, form, packs, place, status=429)
    school = found.place or _chosen(form)
    if found.candidates and not form.cleaned_data.get("which"):
        form.add_error("which", "We know more than one school like this. Choose yours.")
        return _page(request, form, packs, place, status=422)
    details = _details(form, school, _said(request, "campaign"))
    if over := _over_the_limit(packs, details["school_key"]):
        form.add_error(None, over)
        return _page(request, form, packs, place, status=422)
    try:
        actions.place_order(
            actor=VISITOR,
            details=details,
            packs=packs.packs(),
            once=_once(form, packs),
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _page(request, form, packs, place, status=422)
    return redirect("outreach:order_placed")


@require_safe
def placed(request: HttpRequest) -> HttpResponse:
    """The same for everybody who sent one: it does not say who."""
    return render(request, "outreach/orders/placed.html")


def _page(
    request: HttpRequest,
    form: OrderForm,
    packs: PacksForm,
    place: KnownPlace | None,
    status: int = 200,
) -> HttpResponse:
    wanted = packs.packs()
    elsewhere = request.GET.copy()
    for name in ("list", "code"):
        elsewhere.pop(name, None)
    context = {
        "form": form,
        "lines": [(item, wanted[item.pk]) for item in packs.items if item.pk in wanted],
        "place": place,
        "back": f"{reverse('outreach:orders')}?{request.GET.urlencode()}",
        "elsewhere": f"?{elsewhere.urlencode()}",
    }
    return render(request, "outreach/orders/where_to.html", context, status=status)


def _known(request: HttpRequest, place: KnownPlace | None) -> dict[str, str]:
    """What a real list or a pledge knows of a school, so that nobody types it."""
    if place is None:
        return {"school": _said(request, "school")}
    return {"address": place.town, "postcode": place.postcode}


def _most(item: Item) -> int:
    """How many packs one order may ask for just now."""
    return max(min(item.limit_per_school, item.free), 0)


def _meant(request: HttpRequest) -> matching.Meant:
    """Which school was typed, where both of what tells schools apart are there."""
    name, typed = request.POST.get("school", "")[:160], request.POST.get("postcode", "")[:12]
    name = name.replace("\0", " ").strip()
    return matching.meant(name, postcode(typed)) if name and postcode(typed) else matching.Meant()


def _chosen(form: OrderForm) -> KnownPlace | None:
    source, _, code = form.cleaned_data.get("which", "").partition(":")
    return matching.place_of(source, code) if code else None


def _details(form: OrderForm, place: KnownPlace | None, campaign: str) -> dict[str, Any]:
    said = form.cleaned_data
    names = ("phase", "region", "contact_name", "email", "address", "postcode")
    return {name: said[name] for name in names} | {
        "place": place,
        "organisation": matching.organisation_at(place),
        "school_name": place.name[:160] if place else said["school"],
        "school_town": place.town if place else "",
        "school_key": matching.listed_key(place)
        if place
        else matching.typed_key(said["school"], said["postcode"]),
        "campaign": campaign if SLUG.fullmatch(campaign) else "",
    }


def _over_the_limit(packs: PacksForm, key: str) -> str:
    """What to tell a school that has had what it may: now, rather than by the link."""
    had = queries.had(key, school_year(timezone.localdate()))
    wanted = packs.packs()
    for item in packs.items:
        if wanted.get(item.pk, 0) > max(item.limit_per_school - had.get(item.pk, 0), 0):
            return (
                f"“{item.title}”: a school may have {item.limit_per_school} in a school year, and "
                f"yours has had {had.get(item.pk, 0)}. Go back and ask for fewer."
            )
    return ""


def _once(form: OrderForm, packs: PacksForm) -> str:
    """The same for the same page sent twice by an impatient thumb."""
    said = [form.data.get("token", ""), form.cleaned_data["email"].casefold()]
    chosen = sorted(packs.packs().items())
    return hashlib.sha256(repr((said, chosen)).encode()).hexdigest()


def _number(asked: Any, item: Item) -> int:
    said = asked.get(f"p-{item.slug}", "")
    number = int(said) if said.isascii() and said.isdigit() and len(said) < 4 else 0
    return min(number, _most(item))


def _said(request: HttpRequest, name: str) -> str:
    return request.GET.get(name, "").replace("\0", "")[:60]
