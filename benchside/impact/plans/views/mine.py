"""Everybody's own actions, wherever they are a member: due soonest first, a note in one press."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.models import User
from benchside.core.actions import Actor, Refused
from benchside.impact.models import Action
from benchside.impact.plans import actions, queries
from benchside.impact.plans.forms import NoteForm

A_PAGE = 25


class SignedIn(HttpRequest):
    user: User


@login_required
@never_cache
@require_safe
def mine(request: SignedIn) -> HttpResponse:
    return _page(request)


def _page(
    request: SignedIn, wrong: NoteForm | None = None, of: Action | None = None
) -> HttpResponse:
    found = queries.open_first(queries.actions_for(request.user))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    lines = [
        (one, wrong if of == one else _form(one), list(one.notes.all()[:1]), queries.is_soon(one))
        for one in page
    ]
    context = {
        "page": page,
        "lines": lines,
        "soon": sum(queries.is_soon(one) for one in found),
        "today": timezone.localdate(),
    }
    return render(request, "impact/plans/mine.html", context, status=422 if wrong else 200)


def _form(action: Action) -> NoteForm | None:
    """None where nothing is left to say."""
    if action.state in queries.OVER:
        return None
    return NoteForm(initial={"delivery": action.delivery}, auto_id=f"id_{action.pk}_%s")


@require_POST
@login_required
@never_cache
def note(request: SignedIn, pk: int) -> HttpResponse:
    action = get_object_or_404(queries.actions_for(request.user), pk=pk)
    form = NoteForm(request.POST, auto_id=f"id_{action.pk}_%s")
    if form.is_valid():
        try:
            actions.write_note(
                actor=Actor.of(request.user), action=action, text=form.cleaned_data["text"],
                delivery=form.cleaned_data["delivery"],
            )  # fmt: skip
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"Your note on {action.code} is kept.")
            return redirect("impact:my_actions")
    return _page(request, form, action)
