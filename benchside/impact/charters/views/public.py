"""Charters for everybody: what is pledged, who signed, and how each of them stands."""

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.impact.charters import addresses, links, queries
from benchside.impact.charters.queries import PUBLIC_SORTS, Chosen
from benchside.impact.charters.wording import AREAS
from benchside.impact.enums import Part
from benchside.impact.models import Charter, Cycle, Signatory
from benchside.organisations.enums import Kind, Nation
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 50
COLUMNS = [
    ("name", "Organisation"),
    ("since", "Since"),
    ("stage", "Next stage"),
    ("due", "Next due"),
]
STAGES = [(str(number), f"Stage {number}") for number in range(1, 7)]


@require_safe
def charters(request: HttpRequest) -> HttpResponse:
    return render(request, "impact/charters/list.html", {"charters": list(queries.charters())})


@require_safe
def charter(request: HttpRequest, charter: str) -> HttpResponse:
    """The pledge, its areas, and the list of who stands behind it."""
    one = get_object_or_404(queries.charters(), slug=charter)
    chosen = chosen_of(request)
    page = Paginator(queries.public_signatories(one, chosen), A_PAGE).get_page(
        request.GET.get("page")
    )
    rules = queries.rulebook(one).on(timezone.localdate())
    context = {
        "charter": one,
        "areas": AREAS,
        "page": page,
        "rows": [(each, queries.standing(each)[0]) for each in page],
        "chosen": chosen,
        "columns": sorting(request, COLUMNS, chosen.sort),
        "cohorts": one.cohorts.filter(signatory__state="announced").distinct(),
        "nations": Nation.choices,
        "kinds": Kind.choices,
        "stages": STAGES,
        "parts": Part.choices,
        "kept": request.GET.urlencode(),
        "next_window": rules.window_from(timezone.localdate()),
        "calendar": links.webcal(reverse("impact:charter_calendar", args=[one.slug])),
    }
    return render(request, "impact/charters/charter.html", context)


def chosen_of(request: HttpRequest) -> Chosen:
    """What was asked for; what is no choice of ours is left out."""
    asked = {name: str(value)[:40].replace("\0", "") for name, value in request.GET.items()}
    sort = asked.get("sort", "name")
    return Chosen(
        words=words_of(request),
        cohort=asked.get("cohort", "") if asked.get("cohort", "").isdecimal() else "",
        nation=asked.get("nation", "") if asked.get("nation") in Nation.values else "",
        kind=asked.get("kind", "") if asked.get("kind") in Kind.values else "",
        stage=asked.get("stage", "") if asked.get("stage") in dict(STAGES) else "",
        part=asked.get("part", "") if asked.get("part") in Part.values else "",
        sort=sort if sort.removeprefix("-") in PUBLIC_SORTS else "name",
    )


@require_safe
def signatory(request: HttpRequest, charter: str, organisation: str) -> HttpResponse:
    """One of them: status, since when, stage and day, whom to write to, its plan."""
    one = queries.public_signatory(get_object_or_404(Charter, slug=charter), organisation)
    if one is None:
        raise Http404
    title, meaning = queries.standing(one)
    context = {
        "signatory": one,
        "charter": one.charter,
        "organisation": one.organisation,
        "status": title,
        "meaning": meaning,
        "sent": _sent(one),
        "plan_url": addresses.of_plan(one) if one.plan_since else "",  # type: ignore[attr-defined]
    }
    return render(request, "impact/charters/signatory.html", context)


def _sent(one: Signatory) -> list[Cycle]:
    """The stages that were sent in here, the newest first."""
    return list(
        one.cycles.filter(submission__submitted_at__isnull=False)
        .select_related("submission")
        .order_by("-stage")
    )
