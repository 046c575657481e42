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
from benchside.recognition.enums import NominationState
from benchside.recognition.models import Nomination
from benchside.recognition.nominations import actions, links, queries, rules
from benchside.recognition.nominations.forms import AgreeForm, NominateForm

YES = (NominationState.AGREED, NominationState.SHORTLISTED)


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
            # The same whether somebody else did or not: nobody learns here who is nominated.
            said = f"Thank you. We write to {made.name}, unless somebody else has nominated them."
            messages.success(request, said)
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
    return _nominee(request, found, links.holder_of(found))


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def asked(request: SignedInRequest, pk: int) -> HttpResponse:
    """The same without the letter, for whoever has proven that its address is theirs."""
    found = get_object_or_404(queries.sent_to(request.user), pk=pk)
    return _nominee(request, found, Actor.of(request.user))


def _nominee(request: HttpRequest, found: Nomination, actor: Actor) -> HttpResponse:
    user = request.user if isinstance(request.user, User) else None
    is_theirs = user is not None and rules.is_written_to(Actor.of(user), found)
    form = AgreeForm(
        request.POST or None,
        initial={"name": found.name},
        is_me_as="" if is_theirs else found.name,
    )
    said = _said(request)
    missed = _is_missed(found, said)
    if said and not missed:
        try:
            if _answer(request, found, form, said, actor):
                return redirect(request.path)
        except Refused as refused:
            found.refresh_from_db()
            missed = _is_missed(found, said)
            form.add_error(None, str(refused))
    context = {
        "nomination": found,
        "category": queries.categories_of(found.round).get(found.category, ""),
        "form": form,
        "missed": said if missed else "",
        "is_theirs": is_theirs,
        "address": found.email if is_theirs else links.covered(found.email),
        "has_record": user is not None and technician_of(user) is not None,
        "here": request.path,
    }
    status = 422 if missed or (form.is_bound and form.errors) else 200
    return render(request, "recognition/nominations/nominee.html", context, status=status)


def _said(request: HttpRequest) -> str:
    if request.method != "POST":
        return ""
    return next((one for one in ("no", "take-back") if one in request.POST), "yes")


def _is_missed(nomination: Nomination, said: str) -> bool:
    """Whether what they say now is not what stands: they answered before, in another window."""
    if said == "no":
        return nomination.state in YES
    return said == "yes" and nomination.state == NominationState.DECLINED


def _answer(
    request: HttpRequest, found: Nomination, form: AgreeForm, said: str, actor: Actor
) -> bool:
    """Whether it is done, or was before; not where the form is wrong. Raises Refused."""
    if said == "take-back" and found.state in YES:
        actions.take_back(actor=actor, nomination=found)
    if found.state != NominationState.ASKED:
        return True
    if said == "no":
        actions.say_no(actor=actor, nomination=found)
        return True
    technician = technician_of(request.user) if isinstance(request.user, User) else None
    if technician is None:
        raise Refused("To say yes, sign in and have a record.", "It takes two minutes.")
    if not form.is_valid():
        return False
    actions.agree(actor=actor, nomination=found, technician=technician, **form.cleaned_data)
    return True


@login_required
@never_cache
@require_safe
def mine(request: SignedInRequest) -> HttpResponse:
    found = queries.of_nominator(request.user)
    context = {
        "nominations": [(one, queries.state_told(one)) for one in found],
        "to_answer": queries.to_answer(request.user),
        "rounds": [r for r in queries.rounds() if r.is_open],
    }
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
