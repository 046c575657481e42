"""Job titles nobody has decided about, and those somebody has."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations import queries, roles, staff_queries
from benchside.organisations.actions.definitions import decide_titles, forget_titles
from benchside.organisations.enums import TechnicianVerdict
from benchside.organisations.staff import indexes, judging
from benchside.organisations.views import MemberRequest, members_only
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 50
FORGET = "forget"
COLUMNS = [("title", "Job title"), ("verdict", "Decided"), ("when", "When")]


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_STAFF)
def titles(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    if request.method == "POST":
        _decide(request)
        return redirect(request.get_full_path())
    words = words_of(request).casefold()
    waiting = [
        one
        for one in judging.waiting_titles(organisation)
        if not words or any(words in said.casefold() for said in one["spellings"])
    ]
    page = Paginator(waiting, A_PAGE).get_page(request.GET.get("page"))
    run = judging.newest_reading(organisation)
    context = {
        "page": page,
        "words": words,
        "run": run,
        "has_codes": indexes.has_codes(),
        "verdicts": TechnicianVerdict.choices,
        "decided": staff_queries.decisions(organisation).count(),
    }
    return render(request, "organisations/staff/titles.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.KEEP_STAFF)
def decisions(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    if request.method == "POST":
        _decide(request)
        return redirect(request.get_full_path())
    sort = request.GET.get("sort", "title")
    found = staff_queries.decisions(organisation, sort=sort, words=words_of(request))
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    names = queries.names_of({one.decided_by for one in page if one.decided_by})
    context = {
        "page": page,
        "rows": [(one, names.get(str(one.decided_by), "")) for one in page],
        "columns": sorting(request, COLUMNS, sort),
        "words": words_of(request),
        "verdicts": TechnicianVerdict.choices,
    }
    return render(request, "organisations/staff/decisions.html", context)


@require_safe
@members_only(roles.KEEP_STAFF)
def decisions_csv(request: MemberRequest) -> HttpResponse:
    organisation = request.seat.organisation
    rows = (
        (one.spelling, one.get_verdict_display(), one.decided_at.date())
        for one in staff_queries.decisions(organisation)
    )
    return csv_response(f"{organisation.slug}-titles.csv", [title for _, title in COLUMNS], rows)


def _decide(request: MemberRequest) -> None:
    """One title by its own button ("technician:lab technician"), or all that are ticked."""
    verdict, _, title = request.POST.get("one", "").partition(":")
    chosen = [title] if title else request.POST.getlist("title")
    verdict = verdict or request.POST.get("all", "")
    actor, organisation = Actor.of(request.user), request.seat.organisation
    try:
        if not chosen:
            raise Refused("No title is ticked.", "Tick some, or press a button beside one.")
        if verdict == FORGET:
            count = forget_titles(actor=actor, organisation=organisation, titles=chosen)
            said = "forgotten"
        elif verdict in TechnicianVerdict.values:
            told = TechnicianVerdict(verdict)
            count = decide_titles(
                actor=actor, organisation=organisation, titles=chosen, verdict=told
            )
            said = f"decided: {told.label.lower()}"
        else:
            raise Refused("Nothing was decided.", "Press one of the buttons.")
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{count} title{'' if count == 1 else 's'} {said}.")
