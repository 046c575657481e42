"""Technicians in numbers: what every member sees, a file of it, and exact figures for few."""

from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor
from benchside.core.exports import csv_response
from benchside.organisations import breakdowns, roles
from benchside.organisations.actions.figures import look_at_exact_figures
from benchside.organisations.enums import StaffRunState
from benchside.organisations.forms import ExactFigures
from benchside.organisations.models import Organisation, StaffRun, StaffSnapshot
from benchside.organisations.staff import releasing
from benchside.organisations.views import MemberRequest, members_only

FILE_HEADER = ["Census", "Counted by", "Which", "Technicians, to the nearest 5"]


@require_safe
@members_only()
def measures(request: MemberRequest) -> HttpResponse:
    """The censuses that are shown, up to the chosen one, by the chosen thing."""
    organisation = request.seat.organisation
    shown = releasing.shown_of(organisation)
    may_look = request.seat.may(roles.SEE_EXACT)
    standing = _newest_list(organisation)
    context: dict[str, Any] = {
        "next_census": standing and releasing.next_census(max(standing, timezone.localdate())),
        "standing": standing,
        "may_look": may_look and releasing.snapshots_of(organisation).exists(),
        "may_bring": request.seat.may(roles.SEE_STAFF),
    }
    if shown:
        chosen = _until(shown, request.GET.get("on", ""))
        names = [name for name in breakdowns.DIMENSIONS if name in chosen[-1].counts]
        by = request.GET.get("by", "")
        by = by if by in names else names[0]
        context |= {
            "censuses": shown[::-1],
            "chosen": chosen[-1],
            "held": releasing.held_after(organisation, shown[-1]),
            "caption": f"Technicians by {breakdowns.DIMENSIONS[by].lower()}, "
            f"{chosen[-1].day:%-d %B %Y}",
            "dimensions": [(name, breakdowns.DIMENSIONS[name]) for name in names],
            "by": by,
            "headlines": breakdowns.headlines(chosen),
            "breakdown": breakdowns.breakdown(chosen, by),
        }
    return render(request, "organisations/measures/measures.html", context)


@require_safe
@members_only()
def measures_csv(request: MemberRequest) -> HttpResponse:
    """All censuses that are shown, in every list: the same numbers as on the page."""
    organisation = request.seat.organisation
    rows = breakdowns.file_rows(releasing.shown_of(organisation))
    return csv_response(f"{organisation.slug}-measures.csv", FILE_HEADER, rows)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.SEE_EXACT)
def exact(request: MemberRequest) -> HttpResponse:
    """Ask why; then the figures as they are, once. Nothing of it can be reloaded or saved."""
    form = ExactFigures(releasing.snapshots_of(request.seat.organisation), request.POST or None)
    if request.method != "POST" or not form.is_valid():
        status = 422 if form.errors else 200
        return render(request, "organisations/measures/why.html", {"form": form}, status=status)
    snapshot = form.cleaned_data["snapshot"]
    reason = form.cleaned_data["reason"]
    look_at_exact_figures(actor=Actor.of(request.user), snapshot=snapshot, reason=reason)
    context = {
        "snapshot": snapshot,
        "reason": reason,
        "breakdowns": breakdowns.exact(snapshot),
    }
    return render(request, "organisations/measures/exact.html", context)


def _until(shown: list[StaffSnapshot], asked: str) -> list[StaffSnapshot]:
    """Censuses up to the one asked for; all of them when there is none of that day."""
    try:
        day = date.fromisoformat(asked)
    except ValueError:
        return shown
    return [one for one in shown if one.day <= day] or shown


def _newest_list(organisation: Organisation) -> date | None:
    """The day of the newest staff list that was brought in."""
    applied = StaffRun.objects.filter(organisation=organisation, state=StaffRunState.APPLIED)
    return applied.order_by("-as_of").values_list("as_of", flat=True).first()
