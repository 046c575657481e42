"""People who say that they are technicians here and are not on the list: one press answers."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.organisations import keeping_queries, roles
from benchside.organisations.actions.own_words import accept_request, decline_request
from benchside.organisations.by_hand_forms import Answer
from benchside.organisations.models import CountMeIn
from benchside.organisations.views import MemberRequest, members_only


@require_safe
@members_only(roles.KEEP_STAFF)
def requests(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    link = reverse("organisations:count_me_in", args=[organisation.slug])
    context = {"asked": keeping_queries.requests_to_count(organisation), "link": link}
    return render(request, "organisations/staff/requests.html", context)


@require_POST
@members_only(roles.KEEP_STAFF)
def accept(request: MemberRequest, pk: int) -> HttpResponse:
    one = _asked(request, pk)
    try:
        made = accept_request(actor=Actor.of(request.user), request=one)
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("organisations:staff_requests", one.organisation.slug)
    messages.success(request, f"{made.technician} is on the list.")
    return redirect("organisations:staff_person", one.organisation.slug, made.pk)


@require_POST
@members_only(roles.KEEP_STAFF)
def decline(request: MemberRequest, pk: int) -> HttpResponse:
    one = _asked(request, pk)
    form = Answer(request.POST)
    if not form.is_valid():
        messages.error(request, "The answer is one line of at most 300 letters. Shorten it.")
        return redirect("organisations:staff_requests", one.organisation.slug)
    try:
        decline_request(
            actor=Actor.of(request.user), request=one, answer=form.cleaned_data["answer"]
        )
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Declined. They see it, with your words.")
    return redirect("organisations:staff_requests", one.organisation.slug)


def _asked(request: MemberRequest, pk: int) -> CountMeIn:
    found = CountMeIn.objects.select_related("organisation", "user")
    return get_object_or_404(found, organisation=request.seat.organisation, pk=pk)
