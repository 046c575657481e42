"""Nominating somebody, and answering when one is nominated."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import User
from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.people.queries import technician_of
from benchside.recognition.models import Nomination
from benchside.recognition.nominations import actions, links, queries
from benchside.recognition.nominations.forms import AgreeForm, NominateForm


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominate(request: SignedInRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.rounds(), slug=slug)
    form = NominateForm(request.POST or None, categories=queries.categories_of(found))
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.nominate(actor=Actor.of(request.user), round_=found, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Thank you. We have written to {made.name}.")
            return redirect("recognition:my_nominations")
    status = 422 if form.is_bound else 200
    context = {"round": found, "form": form}
    return render(request, "recognition/nominations/nominate.html", context, status=status)


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def nominee(request: HttpRequest, token: str) -> HttpResponse:
    """What the nominee reads and answers; a no needs no account."""
    found = links.nomination_of(token)
    if found is None:
        raise Http404
    form = AgreeForm(request.POST or None, initial={"name": found.name})
    if request.method == "POST" and found.state == "asked":
        try:
            if (said := _answer(request, found, form)) is not None:
                return said
        except Refused as refused:
            form.add_error(None, str(refused))
    user = request.user if isinstance(request.user, User) else None
    context = {
        "nomination": found,
        "category": queries.categories_of(found.round).get(found.category, ""),
        "form": form,
        "has_record": user is not None and technician_of(user) is not None,
        "here": request.path,
    }
    status = 422 if form.is_bound and form.errors else 200
    return render(request, "recognition/nominations/nominee.html", context, status=status)


def _answer(request: HttpRequest, found: Nomination, form: AgreeForm) -> HttpResponse | None:
    """None where the form is wrong. Raises Refused."""
    actor = links.holder_of(found)
    if "no" in request.POST:
        actions.say_no(actor=actor, nomination=found)
        return redirect(request.path)
    technician = technician_of(request.user) if isinstance(request.user, User) else None
    if technician is None:
        raise Refused("To say yes, sign in and have a record.", "It takes two minutes.")
    if not form.is_valid():
        return None
    actions.agree(
        actor=actor, nomination=found, technician=technician, name=form.cleaned_data["name"]
    )
    return redirect(request.path)


@login_required
@never_cache
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    found = queries.of_nominator(request.user)
    context = {"nominations": found, "rounds": [r for r in queries.rounds() if r.is_open]}
    return render(request, "recognition/nominations/mine.html", context)


@login_required
@require_POST
def take_back(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.of_nominator(request.user), pk=pk)
    try:
        actions.take_back(actor=Actor.of(request.user), nomination=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The nomination of {found.name} is taken back.")
    return redirect("recognition:my_nominations")
