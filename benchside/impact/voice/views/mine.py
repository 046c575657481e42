"""For technicians and members: the agreed plan of where they work, and what they say of it."""

from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.impact.enums import Area
from benchside.impact.models import Action, Opinion, Plan
from benchside.impact.published import selecting, shown
from benchside.impact.voice import actions, queries
from benchside.impact.voice.forms import OpinionForm, SuggestForm


@login_required
@never_cache
@require_safe
def my_plan(request: SignedInRequest) -> HttpResponse:
    """The plan of where somebody works (`?plan=` chooses among several), narrowed by area, and
    what became of what they suggested."""
    plans = list(queries.plans_for(request.user))
    plan = next((one for one in plans if str(one.key) == request.GET.get("plan")), None)
    plan = plan or next(iter(plans), None)
    context: dict[str, object] = {
        "plans": plans,
        "plan": plan,
        "suggestions": queries.own_suggestions(request.user),
    }
    if plan is not None:
        area = request.GET.get("area", "")
        mine = queries.own_opinions(request.user, plan)
        listed = [one for one in queries.actions_of(plan) if not area or area in one.areas]
        context |= {
            "works_here": queries.works_at(request.user, plan.organisation_id),
            "area": area,
            "areas": Area.choices,
            "total": len(listed),
            "groups": [
                (group.title, group.code, [(one, mine.get(pk)) for pk, one in _of(group, listed)])
                for group in selecting.grouped(shown.inside(listed))
            ],
        }
    return render(request, "impact/voice/my_plan.html", context)


def _of(group: selecting.Group, listed: list[Action]) -> list[tuple[int, shown.ShownAction]]:
    keys = {one.code: one.pk for one in listed}
    return [(keys[one.code], one) for one in group.actions]


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def suggest(request: SignedInRequest, key: UUID) -> HttpResponse:
    """404 for whoever does not work there as a technician."""
    plan = _plan(request, key)
    if not queries.works_at(request.user, plan.organisation_id):
        raise Http404
    form = SuggestForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.suggest_action(actor=Actor.of(request.user), plan=plan, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Thank you. You read the answer here, and get it by e-mail.")
            return redirect("impact:my_plan")
    context = {"plan": plan, "form": form}
    status = 422 if form.errors else 200
    return render(request, "impact/voice/suggest.html", context, status=status)


@login_required
@never_cache
@require_POST
def take_back(request: SignedInRequest, key: UUID) -> HttpResponse:
    mine = get_object_or_404(queries.own_suggestions(request.user), key=key)
    try:
        actions.take_back(actor=Actor.of(request.user), suggestion=mine)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "You took it back.")
    return redirect("impact:my_plan")


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def my_action(request: SignedInRequest, key: UUID, code: str) -> HttpResponse:
    """One action, and what one thinks of it."""
    plan = _plan(request, key)
    found = queries.actions_of(plan).prefetch_related("milestones", "successes")
    action = get_object_or_404(found, code=code)
    works_here = queries.works_at(request.user, plan.organisation_id)
    held = queries.own_opinions(request.user, plan).get(action.pk)
    form = OpinionForm(request.POST or None, initial=_initial(held))
    if request.method == "POST":
        if not works_here:
            raise Http404
        if answer := _say(request, action, form):
            return answer
    context = {
        "plan": plan,
        "one": next(iter(shown.inside([action], whole=True))),
        "owner": action.owner,
        "works_here": works_here,
        "held": held,
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "impact/voice/my_action.html", context, status=status)


def _say(request: SignedInRequest, action: Action, form: OpinionForm) -> HttpResponse | None:
    """Where to go once it is said; None for the form again."""
    actor = Actor.of(request.user)
    try:
        if request.POST.get("verb") == "unsay":
            actions.unsay_opinion(actor=actor, action=action)
            messages.success(request, "It is forgotten.")
        elif form.is_valid():
            actions.say_opinion(actor=actor, action=action, **form.cleaned_data)
            messages.success(request, f"Kept: what you think of {action.code}.")
        else:
            return None
    except Refused as refused:
        form.add_error(None, str(refused))
        return None
    return redirect("impact:my_plan_action", action.plan.key, action.code)


def _initial(held: Opinion | None) -> dict[str, object]:
    if held is None:
        return {}
    return {"feeling": held.feeling, "words": held.words, "may_name": held.may_name}


def _plan(request: SignedInRequest, key: UUID) -> Plan:
    return get_object_or_404(queries.plans_for(request.user), key=key)
