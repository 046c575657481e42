"""`/my/employers/`: where a technician works by the staff lists, and that they have left."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Actor, Refused
from benchside.organisations import staff_queries
from benchside.organisations.actions.leaving import say_i_have_left
from benchside.people.views import OwnRequest, own_record


@require_http_methods(["GET", "HEAD", "POST"])
@own_record
def employers(request: OwnRequest) -> HttpResponse:
    if request.method == "POST":
        return _say(request)
    context = {
        "employments": staff_queries.employments_of(request.user),
        "profile": request.profile,
        "here": "employers",
    }
    return render(request, "organisations/own/employers.html", context)


def _say(request: OwnRequest) -> HttpResponse:
    """One button: I have left."""
    verb, _, pk = request.POST.get("do", "").partition(":")
    if not pk.isascii() or not pk.isdecimal():
        raise Http404
    one = get_object_or_404(staff_queries.held_by(request.user), pk=int(pk))
    actor, where = Actor.of(request.user), one.organisation.name
    if verb != "left":
        raise Http404
    try:
        say_i_have_left(actor=actor, employment=one)
        messages.success(request, f"You have left {where}. Its people no longer see you.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("employers:mine")
