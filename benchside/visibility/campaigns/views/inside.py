"""An organisation joins in from its workspace, and finds its pages there."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Actor, Refused
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.visibility.campaigns import actions, links, queries
from benchside.visibility.campaigns.forms import OrganisationJoinForm


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def campaigns(request: MemberRequest) -> HttpResponse:
    """What can be joined, what the organisation is in, and the way to its own pages.

    The link to those pages is for whoever may speak for it; others see that it is in.
    """
    seat, form = request.seat, OrganisationJoinForm()
    may_join = seat.may(roles.CHANGE_DETAILS)
    if request.method == "POST":
        if not may_join:
            raise PermissionDenied
        day = get_object_or_404(queries.open_days(), pk=_number(request.POST.get("day", "")))
        form = OrganisationJoinForm(request.POST)
        if form.is_valid():
            try:
                actions.pledge_for(
                    actor=Actor.of(request.user),
                    user=request.user,
                    organisation=seat.organisation,
                    day=day,
                    values=form.cleaned_data,
                )
            except Refused as refused:
                messages.error(request, str(refused))
            else:
                messages.success(request, f"{seat.organisation.name} is in.")
            return redirect("visibility:campaigns_inside", seat.organisation.slug)
    pledges = queries.pledges_of(seat.organisation)
    joined = {one.day_id for one in pledges}
    context = {
        "pledges": [(one, links.address_of(one) if may_join else "") for one in pledges],
        "open_days": [one for one in queries.open_days() if one.pk not in joined],
        "form": form,
        "may_join": may_join,
    }
    status = 422 if form.errors else 200
    return render(request, "visibility/campaigns/inside.html", context, status=status)


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0
