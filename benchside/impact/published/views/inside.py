"""In the workspace: see what everyone will see, make it public, and put it on one's own site."""

from uuid import UUID

from csp.constants import SELF
from csp.decorators import csp_replace
from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.html import format_html
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.impact.enums import PlanState
from benchside.impact.models import Plan
from benchside.impact.plans import tabs
from benchside.impact.published import actions, queries, rules, selecting, shown
from benchside.organisations.views import MemberRequest, members_only


@require_http_methods(["GET", "HEAD", "POST"])
@members_only()
def publish(request: MemberRequest, key: UUID) -> HttpResponse:
    """All that everyone will see, before they do; then one button, for a lead or deputy."""
    plan = _plan(request, key)
    if request.method == "POST":
        return _do(request, plan)
    as_public = queries.as_if_public(plan)
    base = queries.own_url(as_public)
    every = shown.actions_of(as_public, base, whole=True)
    context = {
        "record": plan,
        "plan": shown.plan_of(as_public, every),
        "actions": every,
        "groups": selecting.grouped(every),
        "is_public": queries.by_key(key) is not None,
        "may_publish": rules.can_publish(Actor.of(request.user), plan),
        "sheets": tabs.sheets(plan),
        "is_draft": plan.state == PlanState.DRAFT,
        "public_url": queries.url_of(as_public),
    }
    return render(request, "impact/published/publish.html", context)


def _do(request: MemberRequest, plan: Plan) -> HttpResponse:
    actor = Actor.of(request.user)
    try:
        if request.POST.get("verb") == "publish":
            actions.publish_plan(actor=actor, plan=plan)
            messages.success(request, "Everyone can read it now, and every change of it at once.")
        elif request.POST.get("verb") == "unpublish":
            actions.unpublish_plan(actor=actor, plan=plan)
            messages.success(request, "It is taken back. Nobody outside can read it any more.")
        else:
            messages.error(request, "Nothing was done: press one of the buttons.")
    except Refused as refused:
        messages.error(request, str(refused))
    return redirect("impact:plan_publish", request.seat.organisation.slug, plan.key)


@csp_replace({"frame-src": [SELF]})  # the preview
@require_safe
@members_only()
def share(request: MemberRequest, key: UUID) -> HttpResponse:
    """The plan for the organisation's own site: choose what is in it, see it, copy it."""
    _plan(request, key)
    plan = queries.by_key(key)
    context: dict[str, object] = {"plan_key": key, "is_public": plan is not None}
    if plan is not None:
        context |= _shared(request, plan)
    return render(request, "impact/published/share.html", context)


def _shared(request: MemberRequest, plan: Plan) -> dict[str, object]:
    """The frame follows to the next plan of a signatory, so that nobody has to change it."""
    base = queries.url_of(plan)
    every = shown.actions_of(plan, base)
    asked = selecting.read({name: request.GET.get(name, "") for name in ("area", "charter")})
    facets = [one for one in selecting.facets(every) if one.name in {"area", "charter"}]
    preview = f"{base}embed/{asked.suffix}"
    snippet = format_html(
        '<iframe src="{}" title="{}" width="100%" height="700" loading="lazy"></iframe>',
        f"{settings.BASE_URL}{preview}",
        f"Action plan of {plan.organisation.name}",
    )
    whole = f"{settings.BASE_URL}{base}"
    return {
        "asked": asked,
        "facets": facets,
        "total": len(selecting.select(every, asked)),
        "preview_url": preview,
        "snippet": snippet,
        "feeds": [
            ("A page to link to", f"{whole}{asked.suffix}"),
            ("JSON, for your own programs", f"{whole}plan.json"),
            ("CSV, for a spreadsheet", f"{whole}plan.csv{asked.suffix}"),
            ("Excel", f"{whole}plan.xlsx{asked.suffix}"),
            ("Atom, for what is said of how it goes", f"{whole}notes.atom"),
        ],
    }


def _plan(request: MemberRequest, key: UUID) -> Plan:
    """One of this organisation's; any other is not there."""
    found = Plan.objects.select_related("organisation", "cycle__signatory__charter")
    return get_object_or_404(found, key=key, organisation=request.seat.organisation)
