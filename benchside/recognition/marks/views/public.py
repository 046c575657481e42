"""Marks for everybody: what they ask, who holds them, whether one is still held."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from benchside.assessment.awarding import queries as awarding
from benchside.assessment.models import Award
from benchside.organisations.views.tables import words_of
from benchside.recognition.marks import papers, queries
from benchside.recognition.models import Mark

A_PAGE = 50


@require_safe
def marks(request: HttpRequest) -> HttpResponse:
    found = [(one, queries.register(one).count()) for one in queries.marks()]
    return render(request, "recognition/marks/marks.html", {"marks": found})


@require_safe
def mark(request: HttpRequest, mark: str) -> HttpResponse:
    """What it is and asks, and its register."""
    found = _mark(mark)
    version = queries.version_of(found)
    standard = version.standard if version else None
    levels = standard.levels if standard else ()
    level = request.GET.get("level", "")
    asked = {"words": words_of(request), "level": level if level in {o.key for o in levels} else ""}
    page = Paginator(queries.register(found, **asked), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "mark": found,
        "standard": standard,
        "levels": levels,
        "asked": asked,
        "is_narrowed": any(asked.values()),
        "page": page,
        "rows": [(one, awarding.holder_of(one), awarding.level_of(one)) for one in page],
        "states": standard.award.states if standard and standard.award else (),
        "years": _years(standard.award.months) if standard and standard.award else "",
    }
    return render(request, "recognition/marks/mark.html", context)


def _years(months: int | None) -> str:
    if months is None:
        return ""
    years, rest = divmod(months, 12)
    return f"{months} months" if rest else f"{years} year{'' if years == 1 else 's'}"


@require_safe
def award(request: HttpRequest, mark: str, number: str) -> HttpResponse:
    found = _mark(mark)
    held = _award(found, number)
    context = {
        "mark": found,
        "award": held,
        "holder": awarding.holder_of(held),
        "level": awarding.level_of(held),
        "state": awarding.shown_state_of(held),
        "states": awarding.rules_of(held).states,
        "title": awarding.rules_of(held).title,
        "owner": held.version.standard.owner,
    }
    return render(request, "recognition/marks/award.html", context)


@require_safe
def banner(request: HttpRequest, mark: str, number: str) -> HttpResponse:
    """For the holder's website, while it holds the mark: afterwards there is none."""
    found = _mark(mark)
    held = _award(found, number)
    if not awarding.state_of(held).stands:
        raise Http404
    response = HttpResponse(papers.banner(found, held), content_type="image/svg+xml")
    response["Cache-Control"] = "public, max-age=3600"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def _mark(slug: str) -> Mark:
    return get_object_or_404(queries.marks(), slug=slug)


def _award(mark: Mark, number: str) -> Award:
    return get_object_or_404(awarding.public_awards([mark.standard]), number=number)
