"""People's own word: where I am listed, I am one, I am none, I have left, count me in."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.organisations import staff_queries
from benchside.organisations.actions import own_words
from benchside.organisations.actions.leaving import say_i_have_left
from benchside.organisations.by_hand_forms import AskToBeCounted
from benchside.organisations.enums import RequestState
from benchside.organisations.models import CountMeIn, Organisation
from benchside.organisations.staff.kept import DECLINED
from benchside.people import queries as people

SAID = {
    "yes": "You count as a technician, whatever a rule says, in every list from now on.",
    "no": "You are off the list. No later list brings you back, unless you say so here.",
    "left": "You have left {}. Its people no longer see you.",
}


@login_required
@never_cache
@require_safe
def employment(request: SignedInRequest) -> HttpResponse:
    """Every staff list somebody stands on, with all that it says of them; where they work first."""
    asked = CountMeIn.objects.filter(user=request.user).exclude(state=RequestState.WITHDRAWN)
    technician = people.technician_of(request.user)
    context = {
        "rows": [
            (one, one.leaving_reason == DECLINED) for one in staff_queries.listed_as(request.user)
        ],
        "asked": asked.select_related("organisation").order_by("-asked_at"),
        "profile": getattr(technician, "profile", None),
        "here": "employment",
    }
    return render(request, "organisations/my_employment.html", context)


@login_required
@never_cache
@require_POST
def say(request: SignedInRequest, pk: int) -> HttpResponse:
    """One of three words: I am a technician here, I am none, I have left."""
    one = get_object_or_404(staff_queries.listed_as(request.user), pk=pk)
    actor, word = Actor.of(request.user), request.POST.get("word", "")
    if word not in SAID:
        messages.error(request, "Nothing is changed. Press one of the buttons.")
        return redirect("employment:mine")
    try:
        if word == "left":
            say_i_have_left(actor=actor, employment=one)
        else:
            own_words.say_of_oneself(actor=actor, employment=one, is_technician=word == "yes")
        messages.success(request, SAID[word].format(one.organisation.name))
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("employment:mine")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def count_me_in(request: SignedInRequest, organisation: str) -> HttpResponse:
    """For whoever has the link. It says nothing of the list but whether oneself is on it."""
    here = _open(organisation)
    waiting = _waiting(request, here)
    is_listed = own_words.is_listed(request.user, here)
    form = AskToBeCounted(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            own_words.count_me_in(
                actor=Actor.of(request.user),
                user=request.user,
                organisation=here,
                **form.cleaned_data,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Sent. The people who keep the list read it, then answer.")
            return redirect("organisations:count_me_in", here.slug)
    context = {"organisation": here, "form": form, "waiting": waiting, "is_listed": is_listed}
    status = 422 if form.errors else 200
    return render(request, "organisations/count_me_in.html", context, status=status)


@login_required
@never_cache
@require_POST
def withdraw(request: SignedInRequest, organisation: str) -> HttpResponse:
    here = _open(organisation)
    if (waiting := _waiting(request, here)) is not None:
        try:
            own_words.withdraw_request(actor=Actor.of(request.user), request=waiting)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, "Taken back.")
    return redirect("organisations:count_me_in", here.slug)


def _open(slug: str) -> Organisation:
    return get_object_or_404(Organisation.objects.open(), slug=slug)


def _waiting(request: SignedInRequest, here: Organisation) -> CountMeIn | None:
    mine = CountMeIn.objects.filter(user=request.user, organisation=here)
    return mine.filter(state=RequestState.WAITING).first()
