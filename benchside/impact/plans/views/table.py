"""A plan as a table that sorts, sifts, pages and leaves as a spreadsheet."""

from typing import Any
from uuid import UUID

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.impact.models import Plan
from benchside.impact.plans import exports, listing, queries, themes
from benchside.impact.plans.listing import AREAS, DELIVERIES, DUES, STATES
from benchside.impact.plans.views import about, panels, sums
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting

A_PAGE = 50
COLUMNS = [
    ("code", "Code"), ("title", "Action"), ("area", "Area"), ("owner", "Who answers for it"),
    ("due", "By"), ("state", "State"), ("delivery", "How it goes"),
]  # fmt: skip
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


@require_safe
@members_only()
def table(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    asked = listing.wanted(request.GET)
    rows = listing.rows(here, asked)
    page = Paginator(rows, max(len(rows), 1) if asked.is_all else A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        **about(request, here),
        **panels("impact.plan", str(here.key)),
        **sums(listing.rows(here) if asked.is_sifted else rows),
        "page": page,
        "rows": page.object_list,
        "columns": sorting(request, COLUMNS, asked.sort),
        "suggestions": len(queries.suggestions(here)),
        **choices(here, asked),
    }
    return render(request, "impact/plans/table.html", context)


def choices(plan: Plan, asked: listing.Wanted) -> dict[str, Any]:
    """What the list can be sifted by, and is."""
    return {
        "asked": asked,
        "areas": AREAS.items(),
        "states": [("open", "Open"), *STATES.items()],
        "deliveries": [*DELIVERIES.items(), ("unsaid", "Not said")],
        "dues": DUES.items(),
        "themes": themes.CHOICES,
        "owners": [(str(one.pk), one.get_full_name()) for one in queries_owners(plan)],
        "kept": asked.kept,
    }


def queries_owners(plan: Plan) -> list[Any]:
    return listing.owners(plan)


@require_safe
@members_only()
def table_csv(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    found = exports.lines(here, listing.rows(here, listing.wanted(request.GET)))
    return csv_response(f"{request.seat.organisation.slug}-plan.csv", exports.HEADER, found)


@require_safe
@members_only()
def table_xlsx(request: MemberRequest, plan: UUID) -> HttpResponse:
    here = queries.plan_of(request.seat.organisation, plan)
    found = exports.workbook(here, listing.rows(here, listing.wanted(request.GET)))
    response = HttpResponse(found, content_type=XLSX)
    name = f"{request.seat.organisation.slug}-plan.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
@members_only()
def sheet_for_print(request: MemberRequest, plan: UUID) -> HttpResponse:
    """The whole plan on paper, A4 across: by area, with measures and milestones."""
    here = queries.plan_of(request.seat.organisation, plan)
    asked = listing.wanted(request.GET)
    rows = listing.rows(here, asked)
    context = {
        **about(request, here),
        **sums(rows),
        "groups": exports.by_area(here, rows),
        "asked": asked,
    }
    return render(request, "impact/plans/print.html", context)
