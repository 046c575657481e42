"""The list of competitions, one of them, its details and terms."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting
from benchside.visibility.contests import actions, queries
from benchside.visibility.contests.desk import CompetitionPage
from benchside.visibility.contests.desk.forms import DetailsForm, NewForm, TermsForm
from benchside.visibility.contests.desk.parts import TITLES
from benchside.visibility.contests.enums import CompetitionState
from benchside.visibility.contests.states import COMPETITION
from benchside.visibility.desk_pages import TeamPage, said
from benchside.visibility.models import Competition

COLUMNS = [("title", "Competition"), ("closes", "Closes"), ("entries", "Entries")]
SAID = {
    "publish": "It is published. Entries come in from the minute it opens.",
    "shortlist": "Choose the shortlist now. Nothing more can be sent in.",
    "judge": "The shortlist is with the judges.",
    "meet": "All points are in: to the meeting.",
    "judge_more": "It is with the judges again.",
    "decide": "It is decided. Winners are told at the minute you set.",
    "cancel": "It is called off.",
}
BUTTONS = {
    "publish": "Publish it",
    "shortlist": "Begin the shortlist",
    "judge": "Send the shortlist to the judges",
    "meet": "All points are in: go to the meeting",
    "judge_more": "Back to the judges",
    "decide": "The winners stand: decide",
    "cancel": "Call it off",
}


class Competitions(TeamPage):
    page_title = "Competitions"
    template_name = "visibility/competitions/desk/competitions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        sort = said(request, "sort") or "-closes"
        found = queries.listed(said(request, "q"), said(request, "state"), sort)
        page = self.paged(found)
        return self.page(
            page=page,
            columns=sorting(request, COLUMNS, sort),
            states=CompetitionState.choices,
            asked={name: said(request, name) for name in ("q", "state", "sort")},
            kept=request.GET.urlencode(),
            is_empty=not page.paginator.count and not request.GET,
        )


class CompetitionsCsv(TeamPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        found = queries.listed(said(request, "q"), said(request, "state"), said(request, "sort"))
        header = ["Competition", "Address", "State", "Opens", "Closes", "Winners told", "Entries"]
        rows = (
            [one.title, one.slug, one.get_state_display(), one.opens_at, one.closes_at,
             one.results_at, one.sent_in]
            for one in found
        )  # fmt: skip
        return csv_response("competitions.csv", header, rows)


class New(TeamPage):
    page_title = "New competition"
    template_name = "visibility/desk/form.html"
    steps = [("desk_competitions", "Competitions")]  # noqa: RUF012

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form_page(NewForm(), submit="Keep it as a draft")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = NewForm(request.POST)
        if form.is_valid():
            values = {k: v for k, v in form.cleaned_data.items() if k != "terms"}
            try:
                made = actions.create_competition(
                    actor=self.actor, values=values, terms=form.cleaned_data["terms"]
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "A draft is made. Add categories, ages and criteria.")
                return redirect("desk_competition", made.slug)
        return self.form_page(form, submit="Keep it as a draft")


class One(CompetitionPage):
    """Where it stands, what comes next, and its parts."""

    template_name = "visibility/competitions/desk/competition.html"

    def get_page_title(self) -> str:
        return self.competition.title

    def steps_here(self) -> list[tuple[str, str]]:
        return super().steps_here()[:1]

    def get(self, request: HttpRequest) -> HttpResponse:
        one = self.competition
        counts = queries.counted(one)
        verbs = COMPETITION.verbs(self.actor, one)
        return self.page(
            competition=one,
            next=[(verb, BUTTONS[verb]) for verb in verbs if verb not in ("cancel", "judge_more")],
            aside=[(verb, BUTTONS[verb]) for verb in verbs if verb in ("cancel", "judge_more")],
            missing=_missing(one, verbs),
            terms=one.terms.first(),
            parts=[(kind, title, list(_parts(one, kind))) for kind, title in TITLES.items()],
            entries=one.entries.running().count(),
            waiting=one.entries.running().exclude(photo__state="approved").count(),
            shortlisted=one.entries.shortlisted().count(),
            judges=one.judges.active().count(),
            counts=counts,
            by_category=queries.by_name(counts, 0),
            by_nation=queries.by_name(counts, 2),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        verb = request.POST.get("verb", "")
        try:
            actions.move_on(actor=self.actor, competition=self.competition, verb=verb)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, SAID[verb])
        return redirect("desk_competition", self.competition.slug)


def _missing(one: Competition, verbs: list[str]) -> list[str]:
    """What the next step still needs, in words."""
    forward = [verb for verb in verbs if verb not in ("cancel", "judge_more")]
    rows = [COMPETITION.row(one.state, verb) for verb in forward]
    return [
        f"{need.text[0].upper()}{need.text[1:]}. {need.remedy}"
        for row in rows
        for need in row.needs
        if not need.met(one)
    ]


def _parts(one: Competition, kind: str) -> Any:
    related: dict[str, Any] = {
        "category": one.categories,
        "age_group": one.age_groups,
        "criterion": one.criteria,
        "prize": one.prizes.select_related("category", "age_group"),
    }
    return related[kind].all()


class Details(CompetitionPage):
    page_title = "Details"
    template_name = "visibility/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form_page(DetailsForm(instance=self.competition), submit="Keep it")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = DetailsForm(request.POST, instance=Competition.objects.get(pk=self.competition.pk))
        if form.is_valid():
            try:
                actions.change_competition(
                    actor=self.actor, competition=self.competition, values=form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Kept.")
                return redirect("desk_competition", self.competition.slug)
        return self.form_page(form, submit="Keep it")


class TermsPage(CompetitionPage):
    """The terms: each change is a version of its own."""

    page_title = "Terms"
    template_name = "visibility/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        newest = self.competition.terms.first()
        form = TermsForm(initial={"text": newest.text if newest else ""})
        return self.form_page(form, submit="Keep as a new version")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = TermsForm(request.POST)
        if form.is_valid():
            try:
                made = actions.write_terms(
                    actor=self.actor, competition=self.competition, text=form.cleaned_data["text"]
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, f"Version {made.version} holds from now on.")
                return redirect("desk_competition", self.competition.slug)
        return self.form_page(form, submit="Keep as a new version")
