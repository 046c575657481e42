"""What organisations would say of a badge: whoever it is about, or keeps it, says yes or no."""

from collections.abc import Callable
from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.recognition.credentials import actions, queries, rules
from benchside.recognition.credentials.badging import said_of
from benchside.recognition.credentials.forms import AnswerForm
from benchside.recognition.enums import WordState
from benchside.recognition.models import Endorsement


@dataclass(frozen=True, slots=True)
class Row:
    """One of them: what it is about, and what may be done with it."""

    said: Endorsement
    about: tuple[str, str]
    may_answer: bool
    may_take_back: bool
    form: AnswerForm


def row(actor: Actor, one: Endorsement) -> Row:
    waits = one.state == WordState.WAITING
    return Row(
        said=one,
        about=said_of(one),
        may_answer=waits and rules.can_answer(actor, one),
        may_take_back=not waits and rules.can_take_back(actor, one),
        form=AnswerForm(prefix=_prefix(one)),
    )


def _prefix(one: Endorsement) -> str:
    return f"words-{one.pk}"  # several forms on one page, each with ids of its own


@require_safe
@login_required
@never_cache
def words(request: SignedInRequest) -> HttpResponse:
    """All that is said of what somebody holds, or of badges that they keep."""
    actor = Actor.of(request.user)
    rows = [row(actor, one) for one in queries.words_for(request.user)]
    context = {"rows": rows, "answer_at": "recognition:answer_words"}
    return render(request, "recognition/credentials/words.html", context)


@require_POST
@login_required
@never_cache
def answer(request: SignedInRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.words_for(request.user), pk=pk)
    _do(request, found)
    return redirect("recognition:words")


@require_POST
@members_only(roles.SPEAK)
def answer_inside(request: MemberRequest, pk: int) -> HttpResponse:
    """The same of what an organisation holds itself."""
    here = request.seat.organisation
    found = get_object_or_404(queries.words_for_organisation(here), pk=pk)
    _do(request, found)
    return redirect("recognition:inside_credentials", here.slug)


def _do(request: HttpRequest, one: Endorsement) -> None:
    actor = Actor.of(request.user)
    reason = request.POST.get(f"{_prefix(one)}-reason", "")
    verbs: dict[str, tuple[Callable[[], None], str]] = {
        "yes": (
            lambda: actions.accept_words(actor=actor, endorsement=one),
            "It is shown now, and stands in what is signed from now on.",
        ),
        "no": (
            lambda: actions.decline_words(actor=actor, endorsement=one, reason=reason),
            "It is shown to nobody. Whoever wrote it gets a letter.",
        ),
        "take-back": (
            lambda: actions.take_back(actor=actor, endorsement=one),
            "It is shown no more. Badges signed before still carry it. Whoever checks one here is "
            "told that it was taken back.",
        ),
    }
    found = verbs.get(request.POST.get("do", ""))
    if found is None:
        messages.error(request, "Nothing was done: press one of the buttons.")
        return
    verb, done = found
    try:
        verb()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, done)
