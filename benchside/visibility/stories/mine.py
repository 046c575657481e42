"""One's own stories, for somebody signed in: where each stands, the way on, the way back."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor
from benchside.visibility.enums import StoryState
from benchside.visibility.stories import actions, links, queries

SHOWN = (StoryState.WITHDRAWN,)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stories(request: SignedInRequest) -> HttpResponse:
    """The list, and a press that opens the form of one, old or new."""
    if request.method == "POST":
        return redirect("visibility:tell_story", _token(request))
    found = queries.of_person(request.user.person_id).exclude(state__in=SHOWN)
    return render(request, "visibility/my_stories.html", {"stories": found})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: SignedInRequest, pk: int) -> HttpResponse:
    story = get_object_or_404(
        queries.of_person(request.user.person_id).exclude(state__in=SHOWN), pk=pk
    )
    if request.method != "POST":
        return render(request, "visibility/my_story_withdraw.html", {"story": story})
    actions.withdraw_story(actor=Actor.of(request.user), story=story)
    messages.success(request, "It is gone, with its words, pictures and film.")
    return redirect("visibility:my_stories")


def _token(request: SignedInRequest) -> str:
    """A link to the story that was pressed, or to a new one."""
    number = request.POST.get("story", "")
    if number.isascii() and number.isdecimal():
        mine = queries.of_person(request.user.person_id)
        return links.new_link(get_object_or_404(mine, pk=int(number)))
    user = request.user
    values = {"name": user.name.split(" ")[0][:80], "email": user.email}
    _, token = actions.begin_story(actor=Actor.of(user), values=values, person_id=user.person_id)
    return token
