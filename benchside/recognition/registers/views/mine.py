"""`/my/registrations/`: where somebody is registered, what they apply for, and beginning."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment.awarding.queries import state_of
from benchside.assessment.standards import Route, Standard
from benchside.core.actions import Actor, Refused
from benchside.core.registries import panels_at
from benchside.people.queries import technician_of
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, Register, RegisterApplication
from benchside.recognition.registers import actions, queries
from benchside.recognition.registers.actions.applying import Chosen
from benchside.recognition.registers.forms import AdjustmentsForm, BeginForm
from benchside.recognition.registers.standing import standing_of

ENTRY = "recognition.my_entry"  # where other parts show what somebody may do with their entry


@require_safe
@login_required
@never_cache
def registrations(request: SignedInRequest) -> HttpResponse:
    applications = list(queries.applications_of(request.user))
    context = {
        "entries": [(one, state_of(one.award)) for one in queries.entries_of(request.user)],
        "open": [(one, standing_of(one)) for one in applications if not queries.is_over(one)],
        "past": [one for one in applications if queries.is_over(one) and not one.admitted_at],
        "technician": technician_of(request.user),
    }
    return render(request, "recognition/registers/mine.html", context)


# --- beginning ----------------------------------------------------------------------------------
@require_safe
@login_required
@never_cache
def start(request: SignedInRequest) -> HttpResponse:
    """Which register."""
    technician = technician_of(request.user)
    if technician is None:
        messages.info(request, "Begin your record first: an application belongs to it.")
        return redirect("people:begin")
    found = [
        (one, one.rules, len(queries.bodies_of(one)))
        for one in queries.registers().filter(is_open=True)
    ]
    return render(request, "recognition/registers/start.html", {"registers": found})


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def begin(request: SignedInRequest, register: str) -> HttpResponse:
    """Plain questions, one at a time, lead to the route; then body and name; then it is begun."""
    technician = technician_of(request.user)
    if technician is None:
        return redirect("people:begin")
    found = get_object_or_404(queries.registers(), slug=register)
    version = queries.version_of(found)
    bodies = queries.bodies_of(found)
    if version is None or not found.is_open or not bodies:
        return render(request, "recognition/registers/closed.html", {"register": found})
    route = _route(request, version.standard)
    if route is None and version.standard.routes:
        return _ask(request, found, version.standard)
    form = BeginForm(request.POST or None, bodies=bodies, initial={"name": technician.name})
    if request.method == "POST" and form.is_valid():
        try:
            made = actions.begin_application(
                actor=Actor.of(request.user),
                register=found,
                chosen=Chosen(route=route.key if route else "", **form.cleaned_data),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is begun. What we know already is filled in.")
            return redirect("recognition:my_registration", made.number)
    context = _what_it_takes(found, version.standard, route) | {"form": form}
    status = 422 if form.errors else 200
    return render(request, "recognition/registers/begin.html", context, status=status)


def _route(request: SignedInRequest, standard: Standard) -> Route | None:
    asked = request.POST.get("route") or request.GET.get("route", "")
    return standard.route(asked[:40])


def _ask(request: SignedInRequest, register: Register, standard: Standard) -> HttpResponse:
    """One plain question; a yes names the route, the last no another."""
    ways = register.rules.ways
    given = request.GET.get("step", "")
    step = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 0
    if not ways or step > len(ways):
        step = len(ways)
    context = {
        "register": register,
        "way": ways[step] if step < len(ways) else None,
        "step": step + 1,
        "of": len(ways),
        "after_no": f"?step={step + 1}"
        if step + 1 < len(ways)
        else f"?route={register.rules.otherwise}",
        "routes": standard.routes,
    }
    return render(request, "recognition/registers/ask.html", context)


def _what_it_takes(register: Register, standard: Standard, route: Route | None) -> dict[str, Any]:
    key = route.key if route else ""
    asked = standard.asked_at(None, key)
    today = timezone.localdate()
    return {
        "register": register,
        "route": route,
        "questions": sum(1 for one in asked if one.words),
        "documents": [one for one in asked if one.evidence.at_least],
        "supporters": standard.supporters_on(key),
        "fee": register.rules.fee(FeeKind.APPLICATION, today, key),
        "year": register.rules.fee(FeeKind.YEAR, today, key),
        "rounds": standard.review.evidence_rounds,
    }


# --- one of them --------------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def registration(request: SignedInRequest, number: str) -> HttpResponse:
    """One application by its number, or one entry by its."""
    found = queries.applications_of(request.user).filter(number=number).first()
    if found is not None:
        return _application(request, found)
    entry = queries.entries_of(request.user).filter(award__number=number).first()
    if entry is None:
        raise Http404
    return _entry(request, entry)


def _application(request: SignedInRequest, found: RegisterApplication) -> HttpResponse:
    standing = standing_of(found)
    held = standing.interview
    form = None
    if standing.may_ask_adjustments:
        data = request.POST if request.method == "POST" else None
        form = AdjustmentsForm(data, initial={"words": held.adjustments if held else ""})
        if request.method == "POST" and form.is_valid():
            try:
                actions.ask_adjustments(
                    actor=Actor.of(request.user), application=found, **form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "It is kept. Those who arrange it read it.")
                return redirect("recognition:my_registration", found.number)
    context = {"application": found, "submission": found.submission, "standing": standing,
               "form": form}  # fmt: skip
    status = 422 if form is not None and form.errors else 200
    return render(request, "recognition/registers/application.html", context, status=status)


def _entry(request: SignedInRequest, entry: Entry) -> HttpResponse:
    context = {
        "entry": entry,
        "register": entry.register,
        "state": state_of(entry.award),
        "panels": panels_at(ENTRY, entry.award.number),
    }
    return render(request, "recognition/registers/my_entry.html", context)
