"""What all public plans of a charter come to: as of now, and as a report of a year."""

from datetime import date

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.impact.models import AnalysisReport, Charter
from benchside.impact.published import analysis


@require_safe
def live(request: HttpRequest, charter: str) -> HttpResponse:
    """As of now; see `analysis_context`."""
    found = get_object_or_404(Charter, slug=charter)
    figures = analysis.of_charter(found)
    return render(request, "impact/published/analysis.html", analysis_context(found, figures))


@require_safe
def live_csv(request: HttpRequest, charter: str) -> HttpResponse:
    found = get_object_or_404(Charter, slug=charter)
    rows = analysis.table(analysis.of_charter(found))
    return csv_response(f"{found.slug}-analysis.csv", analysis.HEADER, rows)


@require_safe
def of_year(request: HttpRequest, charter: str, year: int) -> HttpResponse:
    """A published report, with the figures of the day it was published."""
    report = (
        AnalysisReport.objects.filter(charter__slug=charter, year=min(year, 9999))
        .exclude(published_at=None)
        .select_related("charter")
        .first()
    )
    if report is None:
        raise Http404
    context = analysis_context(report.charter, report.figures) | {
        "report": report,
        "counted_on": date.fromisoformat(report.figures["as_of"]),
    }
    return render(request, "impact/published/analysis.html", context)


def analysis_context(charter: Charter, figures: dict[str, object]) -> dict[str, object]:
    """charter; figures: of `analysis.of_charter`, with counts as bars; reports: (title, address).

    groups: (caption, rows) of the tables by whose plans they are.
    """
    public = AnalysisReport.objects.filter(charter=charter).exclude(published_at=None)
    return {
        "charter": charter,
        "figures": figures,
        "areas": _bars(figures["areas"]),
        "themes": _bars(figures["themes"]),
        "states": _bars(figures["states"]),
        "going": _bars(figures["going"]),
        "groups": [(title, figures[key]) for key, title in analysis.GROUPS],
        "reports": [
            (one.title, reverse("impact:analysis_of_year", args=[charter.slug, one.year]))
            for one in public
        ],
        "canonical_url": f"{settings.BASE_URL}{reverse('impact:analysis', args=[charter.slug])}",
    }


def _bars(rows: object) -> list[tuple[str, int, str]]:
    return [(str(title), int(count), "") for title, count in rows]  # type: ignore[attr-defined]
