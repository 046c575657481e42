"""A public plan for everybody: page, action, files, feed and frame. Kept whole by the page cache.

Each has two addresses: one that is this plan's for ever (`/plans/<key>/`), and one of the
signatory (`/charters/<charter>/<organisation>/plan/`) that follows to the newest plan.
"""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from csp.decorators import csp_replace
from django.conf import settings
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.impact.models import Plan
from benchside.impact.published import files, queries, schemas, selecting, shown
from benchside.impact.published.selecting import Asked
from benchside.impact.published.shown import ShownPlan
from benchside.impact.published.words import charter_titles
from benchside.organisations.enums import Kind
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 50
A_FRAME = 25
PLANS_A_PAGE = 25
COLUMNS = [
    ("code", "No."), ("title", "What we will do"), ("post", "Who answers for it"),
    ("due", "By when"), ("state", "State"), ("going", "How it goes"),
]  # fmt: skip
SORT_OPTIONS = [
    ("code", "By number"), ("due", "Soonest first"), ("-due", "Latest first"),
    ("state", "By state"), ("going", "By how it goes"), ("post", "By who answers for it"),
    ("title", "By name"),
]  # fmt: skip
PLAN_COLUMNS = [
    ("organisation", "Organisation"), ("title", "Plan"), ("ends", "Runs until"),
    ("actions", "Actions"), ("done", "Done"),
]  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A public plan, at the address it was asked for."""

    plan: Plan
    base: str  # of this address, with a slash at its end

    def shown(self) -> ShownPlan:
        return shown.plan_of(self.plan)


def found_at(key: UUID | None, charter: str, organisation: str) -> Found:
    """404 for a plan that is not public, not any more or never was."""
    if key is not None:
        plan = queries.by_key(key)
        base = reverse("impact:public_plan", args=[key])
    else:
        plan = queries.newest_of(charter, organisation)
        base = reverse("impact:charter_plan", args=[charter, organisation])
    if plan is None:
        raise Http404
    return Found(plan, base)


@require_safe
def plan(
    request: HttpRequest, key: UUID | None = None, charter: str = "", organisation: str = ""
) -> HttpResponse:
    """The plan, narrowed and ordered by the address alone. A page beyond the last is a 404."""
    found = found_at(key, charter, organisation)
    context = plan_context(request, found.plan, found.base, A_PAGE)
    context |= {"earlier": queries.earlier_of(found.plan), "later": queries.later_of(found.plan)}
    context |= {"earlier_links": [(one, queries.url_of(one)) for one in context["earlier"]]}
    if later := context["later"]:
        context["later_url"] = queries.url_of(later)
    status = 404 if context["is_beyond"] else 200
    return render(request, "impact/published/plan.html", context, status=status)


def plan_context(request: HttpRequest, plan: Plan, base: str, a_page: int) -> dict[str, Any]:
    """What page, frame and preview share.

    plan     of `ShownPlan`
    page     of `ShownAction`, those chosen; groups: the same by area, unless they are sorted
    facets   what can be chosen; asked: what was
    """
    asked = selecting.read(request.GET.dict())
    every = shown.actions_of(plan, base)
    chosen = selecting.select(every, asked)
    paginator = Paginator(chosen, a_page)
    page = paginator.get_page(request.GET.get("page"))
    counts = selecting.summary(every)
    return {
        "plan": shown.plan_of(plan, every),
        "base": base,
        "asked": asked,
        "page": page,
        "is_beyond": _is_beyond(request, paginator),
        "groups": [] if asked.sort else selecting.grouped(list(page)),
        "columns": sorting(request, COLUMNS, asked.sort),
        "facets": selecting.facets(every),
        "sorts": SORT_OPTIONS,
        "applied": _applied(asked, every),
        "state_bars": [(title, count, "") for _, title, count in counts["states"]],
        "going_bars": [(title, count, "") for _, title, count in counts["going"]],
        "csv_url": f"{base}plan.csv{asked.suffix}",
        "xlsx_url": f"{base}plan.xlsx{asked.suffix}",
        "canonical_url": f"{settings.BASE_URL}{queries.url_of(plan)}",
    }


def _is_beyond(request: HttpRequest, paginator: Paginator) -> bool:
    said = request.GET.get("page", "1")
    return said.isascii() and said.isdigit() and int(said[:9]) > paginator.num_pages


def _applied(asked: Asked, every: list[shown.ShownAction]) -> list[tuple[str, str]]:
    """Each filter in use, with the address that takes it away."""
    titles = {
        facet.name: {value: title for value, title, _ in facet.options}
        for facet in selecting.facets(every)
    }
    found = []
    for name in ("q", "area", "state", "going", "theme", "charter"):
        if value := getattr(asked, name):
            without = replace(asked, **{name: ""})
            found.append((titles.get(name, {}).get(value, value), without.suffix or "?"))
    return found


@require_safe
def action(
    request: HttpRequest,
    code: str,
    key: UUID | None = None,
    charter: str = "",
    organisation: str = "",
) -> HttpResponse:
    """One action: why, by when, how one will know, what was said of it."""
    found = found_at(key, charter, organisation)
    rows = queries.with_all(queries.actions_of(found.plan).filter(code=code))
    one = next(iter(shown.show(rows, found.base, whole=True)), None)
    if one is None:
        raise Http404
    context = {
        "plan": found.shown(),
        "base": found.base,
        "one": one,
        "canonical_url": f"{settings.BASE_URL}{queries.own_url(found.plan)}{one.code}/",
    }
    return render(request, "impact/published/action.html", context)


# --- files and feed -------------------------------------------------------------------------------
@require_safe
def plan_json(
    request: HttpRequest, key: UUID | None = None, charter: str = "", organisation: str = ""
) -> HttpResponse:
    """All of the plan, in the shape that the API documents; any site's script may read it."""
    found = found_at(key, charter, organisation)
    actions = shown.actions_of(found.plan, found.base, whole=True)
    text = schemas.whole(found.shown(), actions).model_dump_json()
    response = HttpResponse(text, content_type="application/json")
    response["Access-Control-Allow-Origin"] = "*"
    return response


@require_safe
def plan_csv(
    request: HttpRequest, key: UUID | None = None, charter: str = "", organisation: str = ""
) -> HttpResponse:
    """The actions that the page with the same address lists, on all its pages."""
    found = found_at(key, charter, organisation)
    chosen = _chosen(request, found)
    name = f"{found.plan.organisation.slug}-action-plan.csv"
    return csv_response(name, list(files.COLUMNS), files.rows(chosen))


@require_safe
def plan_xlsx(
    request: HttpRequest, key: UUID | None = None, charter: str = "", organisation: str = ""
) -> HttpResponse:
    found = found_at(key, charter, organisation)
    data = files.workbook(found.shown(), _chosen(request, found))
    response = HttpResponse(data, content_type=files.XLSX)
    name = f"{found.plan.organisation.slug}-action-plan.xlsx"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_safe
def notes_atom(
    request: HttpRequest, key: UUID | None = None, charter: str = "", organisation: str = ""
) -> HttpResponse:
    """What is said of how the actions go: only notes meant for everyone."""
    found = found_at(key, charter, organisation)
    actions = shown.actions_of(found.plan, found.base, whole=True)
    text = files.atom(found.shown(), actions, f"{found.base}notes.atom")
    return HttpResponse(text, content_type="application/atom+xml; charset=utf-8")


def _chosen(request: HttpRequest, found: Found) -> list[shown.ShownAction]:
    asked = selecting.read(request.GET.dict())
    return selecting.select(shown.actions_of(found.plan, found.base, whole=True), asked)


# --- in a frame -----------------------------------------------------------------------------------
@csp_replace({"frame-ancestors": ["*"]})
@xframe_options_exempt
@require_safe
def embed(
    request: HttpRequest, key: UUID | None = None, charter: str = "", organisation: str = ""
) -> HttpResponse:
    """For a frame on the organisation's own site: it holds no session and changes nothing."""
    found = found_at(key, charter, organisation)
    context = plan_context(request, found.plan, found.base, A_FRAME)
    status = 404 if context["is_beyond"] else 200
    return render(request, "impact/published/embed.html", context, status=status)


# --- all plans ------------------------------------------------------------------------------------
@require_safe
def plans(request: HttpRequest) -> HttpResponse:
    """Every public plan, the same for everybody."""
    wanted = _wanted(request)
    paginator = Paginator(queries.listed(**wanted), PLANS_A_PAGE)
    page = paginator.get_page(request.GET.get("page"))
    context = {
        "page": page,
        "lines": [(shown.plan_of(one), one) for one in page],
        "wanted": wanted,
        "columns": sorting(request, PLAN_COLUMNS, wanted["sort"]),
        "charters": sorted(charter_titles().items(), key=lambda one: one[1]),
        "kinds": Kind.choices,
        "kept": request.GET.urlencode(),
        "is_filtered": any(wanted[name] for name in ("words", "charter", "kind")),
    }
    status = 404 if _is_beyond(request, paginator) else 200
    return render(request, "impact/published/plans.html", context, status=status)


@require_safe
def plans_csv(request: HttpRequest) -> HttpResponse:
    header = ("Organisation", "Plan", "Charter", "Stage", "From", "Until", "Actions", "Done",
              "Address")  # fmt: skip
    rows = (
        (one.organisation, one.title, one.charter, one.stage or "", one.starts_on, one.ends_on,
         plan.action_count, plan.done_count, f"{settings.BASE_URL}{one.url}")  # type: ignore[attr-defined]
        for plan in queries.listed(**_wanted(request))
        if (one := shown.plan_of(plan))
    )  # fmt: skip
    return csv_response("action-plans.csv", header, rows)


def _wanted(request: HttpRequest) -> dict[str, str]:
    asked = request.GET
    sort = asked.get("sort", "organisation")
    kind = asked.get("kind", "")
    return {
        "words": words_of(request),
        "charter": asked.get("charter", "")[:40].replace("\0", ""),
        "kind": kind if kind in Kind.values else "",
        "sort": sort if sort.removeprefix("-") in queries.SORTS else "organisation",
    }
