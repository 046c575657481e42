"""The desk of those who run a round; to others nothing is here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.models import NominationRound
from benchside.recognition.nominations import actions, queries
from benchside.recognition.nominations.forms import RoundForm

A_PAGE = 50
COLUMNS = [
    ("name", "Nominee"), ("category", "Category"), ("points", "Points"), ("state", "State"),
]  # fmt: skip
P = ParamSpec("P")


class RunRequest(HttpRequest):
    user: User


Inner = Callable[Concatenate[RunRequest, P], HttpResponse]


def officers_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    """Sign-in, then 404 for whoever is officer of no standard that has categories."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: RunRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not queries.run_by(request.user).exists() and not queries.may_begin(request.user):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@require_safe
@officers_only
def rounds(request: RunRequest) -> HttpResponse:
    context = {"rounds": queries.run_by(request.user)}
    return render(request, "recognition/nominations/run_rounds.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def begin(request: RunRequest) -> HttpResponse:
    form = RoundForm(request.POST or None, standards=queries.may_begin(request.user))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_round(
                actor=Actor.of(request.user), slug=form.slug, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            return redirect("recognition:run_round", made.slug)
    return _form(request, form, None)


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def change(request: RunRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    form = RoundForm(request.POST or None, instance=found, standards=[])
    if request.method == "POST" and form.is_valid():
        try:
            actions.change_round(actor=Actor.of(request.user), round_=form.instance)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Kept.")
            return redirect("recognition:run_round", found.slug)
    return _form(request, form, found)


def _form(request: RunRequest, form: RoundForm, round_: NominationRound | None) -> HttpResponse:
    status = 422 if form.is_bound else 200
    context = {"form": form, "round": round_}
    return render(request, "recognition/nominations/run_form.html", context, status=status)


def _mine(request: RunRequest, slug: str) -> NominationRound:
    return get_object_or_404(queries.run_by(request.user), slug=slug)


def _asked(request: RunRequest, categories: dict[str, str]) -> dict[str, str]:
    category, sort = request.GET.get("category", ""), request.GET.get("sort", "-points")
    return {
        "words": words_of(request),
        "category": category if category in categories else "",
        "sort": sort if sort.removeprefix("-") in queries.SORTS else "-points",
    }


@require_safe
@officers_only
def one(request: RunRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    categories = queries.categories_of(found)
    asked = _asked(request, categories)
    page = Paginator(
        queries.lines(found, categories, seen_by=request.user, **asked), A_PAGE
    ).get_page(request.GET.get("page"))
    context: dict[str, Any] = {
        "round": found,
        "page": page,
        "asked": asked,
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "categories": categories.items(),
        "kept": request.GET.urlencode(),
        "undecided": queries.undecided(found),
    }
    return render(request, "recognition/nominations/run.html", context)


@require_safe
@officers_only
def as_csv(request: RunRequest, slug: str) -> HttpResponse:
    found = _mine(request, slug)
    categories = queries.categories_of(found)
    header = ("Nominee", "Category", "State", "Points", "Judges", "Nominated by")
    rows = (
        (
            line.nomination.called, line.category, line.state,
            "" if line.points is None else f"{line.points:.2f}", line.judges,
            line.nomination.nominator.get_full_name() if line.nomination.nominator else "",
        )
        for line in queries.lines(
            found, categories, seen_by=request.user, **_asked(request, categories)
        )
    )  # fmt: skip
    return csv_response(f"{found.slug}.csv", header, rows)


@require_POST
@officers_only
def shortlist(request: RunRequest, slug: str) -> HttpResponse:
    """Put one on the shortlist, or take them off."""
    found = _mine(request, slug)
    pk = request.POST.get("nomination", "")
    nomination = get_object_or_404(found.nominations, pk=int(pk) if pk.isdecimal() else 0)
    off = "off" in request.POST
    do = actions.take_off_shortlist if off else actions.put_on_shortlist
    try:
        do(actor=Actor.of(request.user), nomination=nomination)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        where = "off the shortlist" if off else "on the shortlist"
        messages.success(request, f"{nomination.name} is {where}.")
    return redirect("recognition:run_round", found.slug)
