"""Change many actions at once: choose, say what, look at what it would do, do it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from benchside.core.actions import Actor
from benchside.impact.models import Action, Plan
from benchside.impact.plans import bulk, listing, queries
from benchside.impact.plans.forms import NOBODY, BulkForm
from benchside.impact.plans.views import about
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only

MOST = 500


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_PLAN)
def change_many(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    asked = request.POST if request.method == "POST" else request.GET
    chosen = queries.actions_of(here, _codes(here, asked))
    if not chosen:
        messages.error(request, "Nothing is chosen yet. Tick the actions to change, then go on.")
        return redirect("impact:plan", request.seat.organisation.slug, here.key)
    form = BulkForm(request.seat.organisation, request.POST or None)
    context: dict[str, Any] = {**about(request, here), "chosen": chosen, "form": form}
    if request.method == "POST" and form.is_valid():
        choice = _choice(form)
        if "apply" in request.POST:
            context["lines"] = bulk.apply(actor=_actor(request), actions=chosen, choice=choice)
            if not any(line.refused for line in context["lines"]):
                return _done(request, here.key, chosen)
            context["nothing_done"] = True
        else:
            lines = bulk.preview(actor=_actor(request), actions=chosen, choice=choice)
            if "leave_out" in request.POST and any(not line.refused for line in lines):
                lines = [line for line in lines if not line.refused]
                left = {line.code for line in lines}
                context["chosen"] = [one for one in chosen if one.code in left]
            context["lines"] = lines
        context["refused"] = sum(bool(line.refused) for line in context["lines"])
    status = 422 if form.errors or context.get("nothing_done") else 200
    return render(request, "impact/plans/bulk.html", context, status=status)


def _codes(plan: Plan, asked: QueryDict) -> list[str]:
    """Those that are ticked; or all that a list shows, by what it was sifted by."""
    if "all" in asked:
        return [row.code for row in listing.rows(plan, listing.wanted(asked))][:MOST]
    return asked.getlist("code")[:MOST]


def _actor(request: MemberRequest) -> Actor:
    return Actor.of(request.user)


def _done(request: MemberRequest, key: UUID, chosen: list[Action]) -> HttpResponse:
    number = len(chosen)
    messages.success(request, f"{number} action{'' if number == 1 else 's'} changed.")
    return redirect("impact:plan", request.seat.organisation.slug, key)


def _choice(form: BulkForm) -> bulk.Choice:
    said = form.cleaned_data
    what = said["what"]
    value: Any = said.get("theme" if what.endswith("_theme") else what)
    if what == "owner":
        value = None if value == NOBODY else form.people.get(value)
    return bulk.Choice(what=what, value=value, why=said["why"])
