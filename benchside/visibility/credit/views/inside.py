"""An organisation's sheet: what its technicians show it of the work they had a part in."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of
from benchside.visibility.credit import figures, queries
from benchside.visibility.credit.queries import SORTS, Wanted
from benchside.visibility.credit.taxonomy import ROLES

A_PAGE = 50
COLUMNS = [("title", "Output"), ("name", "Technician"), ("year", "Year"), ("state", "Who says so")]
HEADER = (
    "technician", "title", "kind", "year", "venue", "doi", "credit_roles", "named_as",
    "confirmed", "confirmed_on",
)  # fmt: skip


@require_safe
@members_only()
def contributions(request: MemberRequest) -> HttpResponse:
    """The list; what of it can be counted is counted from the list itself. Of all technicians,
    shown or not, there are only the figures of the last census: see `figures.at_census`."""
    organisation, wanted = request.seat.organisation, wanted_of(request)
    page = Paginator(queries.shown_at(organisation, wanted), A_PAGE).get_page(
        request.GET.get("page")
    )
    context = {
        "page": page,
        "wanted": wanted,
        "columns": sorting(request, COLUMNS, wanted.sort),
        "roles": ROLES,
        "kept": request.GET.urlencode(),
        "counts": figures.counts_of(organisation),
        "census": figures.at_census(organisation),
        "is_empty": not page.paginator.count and wanted == Wanted(),
    }
    return render(request, "visibility/credit/inside.html", context)


@require_safe
@members_only()
def contributions_csv(request: MemberRequest) -> HttpResponse:
    """The list as chosen, all its pages."""
    organisation = request.seat.organisation
    rows = (
        [
            one.technician.name,
            one.output.title,
            one.output.get_kind_display(),
            one.output.year,
            one.output.venue,
            one.output.doi,
            "; ".join(role.name for role in one.credit_roles),
            one.get_stands_as_display(),
            "yes" if one.is_confirmed else "no",
            one.confirmed_at.date().isoformat() if one.confirmed_at else "",
        ]
        for one in queries.shown_at(organisation, wanted_of(request))
    )
    return csv_response(f"{organisation.slug}-contributions.csv", HEADER, rows)


def wanted_of(request: MemberRequest) -> Wanted:
    """Any address gives one; what is unknown is left out."""
    asked = request.GET
    sort = asked.get("sort", "")
    return Wanted(
        sort=sort if sort.removeprefix("-") in SORTS else "-year",
        words=words_of(request),
        role=asked.get("role", "")[:30],
        confirmed=asked.get("confirmed", "")[:3],
    )
