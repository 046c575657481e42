"""Enter a competition, and look after an entry by its link. No account and no cookie.

Whoever holds the link of an entry may change and withdraw it, so its pages are kept nowhere, name
themselves to nobody, and their own addresses are not written on them.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import VISITOR, Refused
from benchside.core.open_forms import is_too_often
from benchside.people.models import MediaConsent
from benchside.visibility.contests import actions, certificates, queries
from benchside.visibility.contests.actions.entries import TooLate, links_of, of_secret
from benchside.visibility.contests.enums import IN_THE_RUNNING
from benchside.visibility.contests.forms import EntryForm
from benchside.visibility.models import Competition, Entry

MOST_SENT = 40  # of one address within the time: a school is one address
WITHIN = timedelta(hours=1)

View = Callable[..., HttpResponse]


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """The form. What arrives at the minute of closing or after is refused, and the words kept."""
    competition = get_object_or_404(queries.whole(queries.public_competitions()), slug=slug)
    terms = competition.terms.first()
    if terms is None:
        raise Http404
    if request.method != "POST":
        if not competition.takes_entries:
            return _closed(request, competition)
        initial = _from_code(request.GET.get("code", "")[:20])
        form = EntryForm(request, competition=competition, terms=terms, initial=initial)
        return _form(request, competition, form)
    form = EntryForm(request, request.POST, request.FILES, competition=competition, terms=terms)
    if not form.is_valid():
        return _form(request, competition, form, status=422)
    if form.is_from_a_robot:
        return redirect("visibility:competition", slug)
    if is_too_often(request, what="contest-entry", limit=MOST_SENT, within=WITHIN):
        form.add_error(None, "Many entries came from your network. Try again in an hour.")
        return _form(request, competition, form, status=429)
    try:
        _, secret = actions.enter(
            actor=VISITOR, competition=competition, sent=form.sent(), file=form.picture
        )
    except Refused as refused:
        form.add_error(None, str(refused))
        return _form(request, competition, form, status=_status_of(refused))
    return redirect("visibility:entry", slug, secret)


def _from_code(code: str) -> dict[str, str]:
    found = queries.pledge_of(code)
    return {"code": code, "nation": found.nation, "school": found.school} if found else {}


def _closed(request: HttpRequest, competition: Competition) -> HttpResponse:
    context = {"competition": competition, "phase": competition.phase}
    return render(request, "visibility/competitions/closed.html", context)


def _form(
    request: HttpRequest, competition: Competition, form: EntryForm, status: int = 200
) -> HttpResponse:
    context = {"competition": competition, "form": form, "terms": form.terms}
    return render(request, "visibility/competitions/enter.html", context, status=status)


def _status_of(refused: Refused) -> int:
    return 409 if isinstance(refused, TooLate) else 422


# --- by the link ----------------------------------------------------------------------------------
def for_the_sender(view: View) -> View:
    """Give the view the entry whose secret the address holds; to anybody else it is not there."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, slug: str, secret: str) -> HttpResponse:
        competition = get_object_or_404(queries.public_competitions(), slug=slug)
        entry = of_secret(competition, secret)
        request.shown_as = competition.get_absolute_url()  # type: ignore[attr-defined]
        if entry is None:
            context = {"competition": competition}
            response = render(request, "visibility/competitions/no_entry.html", context, status=404)
        else:
            response = view(request, entry, secret)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(found)


@for_the_sender
@require_safe
def receipt(request: HttpRequest, entry: Entry, secret: str) -> HttpResponse:
    competition, is_in = entry.competition, entry.state in IN_THE_RUNNING
    context: dict[str, Any] = {
        "is_in": is_in,
        "may_change": is_in and competition.takes_entries,
        "prizes": entry.prizes.all() if competition.is_announced else [],
    }
    return _own_page(request, "entry", entry, secret, **context)


@for_the_sender
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, entry: Entry, secret: str) -> HttpResponse:
    """Until the minute of closing. Later, what was typed is kept on the page, and not taken."""
    competition, terms = entry.competition, entry.competition.terms.first()
    is_open = competition.takes_entries or request.method == "POST"
    if entry.state not in IN_THE_RUNNING or not is_open or terms is None:
        return redirect("visibility:entry", competition.slug, secret)
    options: dict[str, Any] = {"competition": competition, "terms": terms, "entry": entry}
    if request.method != "POST":
        form = EntryForm(request, initial=_as_sent(entry), **options)
        return _own_page(request, "change", entry, secret, form=form, terms=terms)
    form, status = EntryForm(request, request.POST, request.FILES, **options), 422
    if form.is_valid():
        try:
            actions.change_entry(
                actor=links_of(entry), entry=entry, sent=form.sent(), file=form.picture
            )
        except Refused as refused:
            form.add_error(None, str(refused))
            status = _status_of(refused)
        else:
            return redirect("visibility:entry", competition.slug, secret)
    return _own_page(request, "change", entry, secret, status, form=form, terms=terms)


@for_the_sender
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: HttpRequest, entry: Entry, secret: str) -> HttpResponse:
    """Ask once, then take it back."""
    if request.method == "POST" and entry.state in IN_THE_RUNNING:
        actions.withdraw_entry(actor=links_of(entry), entry=entry)
    if request.method == "POST" or entry.state not in IN_THE_RUNNING:
        return redirect("visibility:entry", entry.competition.slug, secret)
    return _own_page(request, "withdraw", entry, secret)


@for_the_sender
@require_safe
def certificate(request: HttpRequest, entry: Entry, secret: str) -> HttpResponse:
    """A sheet to print, once the winners are out. Before, and for what is out, there is none."""
    if not entry.competition.is_announced or entry.state not in IN_THE_RUNNING:
        raise Http404
    return certificates.response(entry)


def _own_page(
    request: HttpRequest, name: str, entry: Entry, secret: str, status: int = 200, **more: Any
) -> HttpResponse:
    pages = ("entry", "entry_change", "entry_withdraw", "entry_certificate")
    args = [entry.competition.slug, secret]
    context = {
        "entry": entry,
        "competition": entry.competition,
        "to": {page: reverse(f"visibility:{page}", args=args) for page in pages},
        **more,
    }
    return render(request, f"visibility/competitions/{name}.html", context, status=status)


def _as_sent(entry: Entry) -> dict[str, Any]:
    photo = entry.photo
    consent = MediaConsent.objects.of(photo.subject).standing().first() if photo else None
    names = ("school", "nation", "category", "age_group", "caption")
    return {name: getattr(entry, name) for name in names} | {
        "role": photo.role if photo else None,
        "in_picture": photo.in_picture if photo else "",
        "in_print": bool(consent and consent.in_print),
        "on_social": bool(consent and consent.on_social),
        "signed_as": consent.signed_as if consent else "",
    }
