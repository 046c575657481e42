"""Many submissions to many reviewers at once: dealt out, looked at as a table, then given."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from benchside.accounts.models import User
from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions, rules
from benchside.assessment.actions import Place
from benchside.assessment.models import Submission
from benchside.assessment.reviewing import dealing, forms, queries
from benchside.assessment.reviewing.naming import name_of
from benchside.assessment.reviewing.views import for_those_who_run, page
from benchside.core.actions import Actor, Refused

MOST = 50  # more than a page of the list; what is given in one go is given while one waits


@for_those_who_run
@require_POST
def deal(request: SignedInRequest) -> HttpResponse:
    """A fair dealing of the chosen submissions, to be looked at: nothing is written."""
    found = _chosen(request, request.POST.getlist("case"))
    if not found:
        messages.error(request, "Nothing that you can give was chosen. Tick one or more.")
        return redirect("assessment:cases")
    if len({one.version.key for one in found}) > 1:
        messages.error(request, "Choose those of one standard at a time.")
        return redirect("assessment:cases")
    return _table(request, found)


def _table(request: HttpRequest, found: list[Submission], wrong: str = "") -> HttpResponse:
    assert isinstance(request.user, User)
    standard = found[0].version.standard
    able = queries.reviewers(request.user, standard=standard.key)
    proposal = dealing.propose(found, able)
    given: dict[int, int] = {}
    for _, _, who in proposal.seats:
        given[who.pk] = given.get(who.pk, 0) + 1
    context: dict[str, Any] = {
        "standard": standard,
        "seats": [(one, name_of(one), number, who) for one, number, who in proposal.seats],
        "short": [(name_of(one), missing) for one, missing in proposal.short],
        "loads": [(who, getattr(who, "load", 0), given.get(who.pk, 0)) for who in able],
        "cases": found,
        "due": timezone.localdate() + timedelta(days=standard.review.days),
        "wrong": wrong,
    }
    return page(request, "deal", context, status=422 if wrong else 200)


@for_those_who_run
@require_POST
def give(request: SignedInRequest) -> HttpResponse:
    """Give what the table shows, all of it or nothing; each is asked about again."""
    places = _places(request)
    due = forms.DueForm(request.POST)
    found = _chosen(request, request.POST.getlist("case"))
    if not places or not found:
        messages.error(request, "There is nothing to give. Choose again.")
        return redirect("assessment:cases")
    if not due.is_valid():
        return _table(request, found, wrong=str(due.errors["due_on"][0]))
    day: date = due.cleaned_data["due_on"]
    try:
        number = actions.give_seats(actor=Actor.of(request.user), places=places, due_on=day)
    except Refused as refused:
        return _table(request, found, wrong=str(refused))
    messages.success(request, f"{number} seat{'' if number == 1 else 's'} given. All are told.")
    return redirect("assessment:cases")


def _chosen(request: SignedInRequest, keys: list[str]) -> list[Submission]:
    """Those of the keys under a standard that this officer assigns for, as they are now."""
    wanted = [key for key in map(_uuid, keys[:MOST]) if key]
    assigns = rules.standards_of(Actor.of(request.user))
    found = queries.cases(request.user).filter(key__in=wanted, version__key__in=assigns)
    return list(found.prefetch_related("seats__judgements"))


def _places(request: SignedInRequest) -> list[Place]:
    """Seats as the table sent them, `<key>:<number>:<reviewer>`; what makes no sense is dropped."""
    cases = {str(one.key): one for one in _chosen(request, request.POST.getlist("case"))}
    able = {one.user_id: one.user for one in queries.reviewers(request.user)}
    found = []
    for line in request.POST.getlist("seat")[: MOST * 9]:
        key, _, rest = line.partition(":")
        number, _, user = rest.partition(":")
        if key in cases and number.isdecimal() and user.isdecimal() and int(user) in able:
            found.append(Place(cases[key], int(number), able[int(user)]))
    return found


def _uuid(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None
