"""`/my/registrations/`: where somebody is registered, what they apply for, and beginning."""

from typing import Any
from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment.awarding.queries import state_of
from benchside.assessment.standards import Route, Standard
from benchside.core.actions import Actor, Refused
from benchside.core.registries import panels_at
from benchside.people.models import Technician
from benchside.people.queries import offered_to, technician_of
from benchside.recognition.entries.publishing import is_public
from benchside.recognition.enums import FeeKind
from benchside.recognition.models import Entry, Register, RegisterApplication
from benchside.recognition.registers import actions, queries
from benchside.recognition.registers.actions.applying import Chosen
from benchside.recognition.registers.actions.details import Details
from benchside.recognition.registers.forms import AdjustmentsForm, DetailsForm
from benchside.recognition.registers.standing import Standing, standing_of
from benchside.recognition.registers.upkeep import due_of, fees_due

ENTRY = "recognition.my_entry"  # where other parts show what somebody may do with their entry


@require_safe
@login_required
@never_cache
def registrations(request: SignedInRequest) -> HttpResponse:
    applications = list(queries.applications_of(request.user))
    context = {
        "entries": [
            (one, state_of(one.award), due_of(one)) for one in queries.entries_of(request.user)
        ],
        "open": [(one, standing_of(one)) for one in applications if not queries.is_over(one)],
        "past": [one for one in applications if queries.is_over(one) and not one.admitted_at],
        "technician": technician_of(request.user),
        "fees": fees_due(queries.fees_owed_by(request.user)),
        "offered": offered_to(request.user).exists(),
    }
    return render(request, "recognition/registers/mine.html", context)


# --- beginning ----------------------------------------------------------------------------------
@require_safe
@login_required
@never_cache
def start(request: SignedInRequest) -> HttpResponse:
    """Which register; of one they cannot apply to now why, and where to go on instead."""
    technician = technician_of(request.user)
    if technician is None:
        return _record_first(request)
    found = [
        (one, one.rules, len(queries.bodies_of(one)), *_why_not(one, technician))
        for one in queries.registers().filter(is_open=True)
    ]
    return render(request, "recognition/registers/start.html", {"registers": found})


def _why_not(register: Register, technician: Technician) -> tuple[str, str]:
    """Why they cannot begin with it, and the number of what they have there; or nothing."""
    try:
        actions.refuse_to_begin(register, technician)
    except Refused as refused:
        one = queries.open_application(register, technician)
        held = None if one else queries.last_award(register, technician)
        return str(refused), one.number if one else held.number if held else ""
    return "", ""


@require_http_methods(["GET", "HEAD", "POST"])
@login_required
@never_cache
def begin(request: SignedInRequest, register: str) -> HttpResponse:
    """Plain questions, one at a time, lead to the route; then body and name; then it is begun."""
    technician = technician_of(request.user)
    if technician is None:
        return _record_first(request)
    found = get_object_or_404(queries.registers(), slug=register)
    version = queries.version_of(found)
    bodies = queries.bodies_of(found)
    if version is None or not found.is_open or not bodies:
        return render(request, "recognition/registers/closed.html", {"register": found})
    if request.method != "POST":
        try:
            actions.refuse_to_begin(found, technician)
        except Refused as refused:
            messages.error(request, str(refused))
            return redirect("recognition:my_registrations")
    route = _route(request, version.standard)
    if route is None and version.standard.routes:
        return _ask(request, found, version.standard)
    form = DetailsForm(request.POST or None, bodies=bodies, initial={"name": technician.name})
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


def _record_first(request: SignedInRequest) -> HttpResponse:
    """An application belongs to a record; once that is begun, they are back here."""
    messages.info(request, "Begin your record first: an application belongs to it.")
    return redirect(f"{reverse('people:begin')}?{urlencode({'next': request.path})}")


def _route(request: SignedInRequest, standard: Standard) -> Route | None:
    asked = request.POST.get("route") or request.GET.get("route", "")
    return standard.route(asked[:40])


def _ask(request: SignedInRequest, register: Register, standard: Standard) -> HttpResponse:
    """One plain question; a yes names the route, the last no another. Where the version in use does
    not have that one, all of its ways are shown."""
    ways = queries.ways_of(register, standard)
    given = request.GET.get("step", "")
    step = int(given) if given.isascii() and given.isdecimal() and len(given) < 3 else 0
    if not ways or step > len(ways):
        step = len(ways)
    otherwise = register.rules.otherwise
    is_last = step + 1 >= len(ways)
    context = {
        "register": register,
        "way": ways[step] if step < len(ways) else None,
        "step": step + 1,
        "of": len(ways),
        "after_no": f"?route={otherwise}"
        if is_last and standard.route(otherwise)
        else f"?step={step + 1}",
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
    """Where it is, with its two forms: what would make the interview fair, and its details."""
    standing, form = standing_of(found), None
    pressed = request.POST.get("do", "") if request.method == "POST" else ""
    offered = _forms(found, standing, pressed, request.POST or None)
    if pressed:
        form = offered.get(pressed)
        if form is None:
            messages.error(request, "Nothing was done: this cannot be changed now.")
            return redirect(request.path)
        if form.is_valid() and (said := _change(request, found, pressed, form)):
            messages.success(request, said)
            return redirect(request.path)
    context = {"application": found, "submission": found.submission, "standing": standing,
               "form": form, "forms": offered,
               "is_under_way": not queries.is_over(found), "on": _on_register(found)}  # fmt: skip
    status = 422 if form is not None else 200
    return render(request, "recognition/registers/application.html", context, status=status)


def _on_register(found: RegisterApplication) -> dict[str, Any] | None:
    """For whoever it put on the register: the entry, and what they can do with it next."""
    if found.admitted_at is None:
        return None
    entry = Entry.objects.select_related("award__version").get(award__submission=found.submission)
    statement = reverse("recognition:statement", args=[found.register.slug, entry.award.number])
    return {
        "entry": entry,
        "state": state_of(entry.award),
        "things": [
            (
                "Your badge",
                "Carry it, and show it anywhere.",
                reverse("recognition:my_credentials"),
            ),
            ("A signed statement", "A PDF for whoever asks, such as your employer.", statement),
            ("Your CPD log", "What you learn from now on counts.", reverse("people:cpd")),
        ],
    }


def _forms(
    found: RegisterApplication, standing: Standing, pressed: str, data: Any
) -> dict[str, forms.Form]:
    """Those that make sense now, by their buttons; the one that was pressed with what was typed."""
    offered: dict[str, forms.Form] = {}
    if standing.may_ask_adjustments:
        needed = standing.interview.adjustments if standing.interview else ""
        offered["adjust"] = AdjustmentsForm(
            data if pressed == "adjust" else None, initial={"words": needed}
        )
    if queries.may_change_details(found):
        offered["details"] = DetailsForm(
            data if pressed == "details" else None,
            bodies=queries.bodies_for(found),
            initial={"name": found.name, "body": found.body_id, "membership": found.membership},
        )
    return offered


def _change(
    request: SignedInRequest, found: RegisterApplication, pressed: str, form: forms.Form
) -> str:
    """What was done, in words; empty where it was refused, which stands on the form then."""
    who, said = Actor.of(request.user), form.cleaned_data
    try:
        if pressed == "adjust":
            actions.ask_adjustments(actor=who, application=found, **said)
            return "It is kept. Those who arrange it read it."
        actions.change_details(actor=who, application=found, details=Details(**said))
    except Refused as refused:
        form.add_error(None, str(refused))
        return ""
    return "It is kept. Nothing of what you wrote has changed."


def _entry(request: SignedInRequest, entry: Entry) -> HttpResponse:
    context = {
        "entry": entry,
        "register": entry.register,
        "state": state_of(entry.award),
        "is_public": is_public(entry),
        "panels": panels_at(ENTRY, entry.award.number),
    }
    return render(request, "recognition/registers/my_entry.html", context)
