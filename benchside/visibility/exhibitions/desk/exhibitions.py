"""The list of exhibitions, and one of them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting
from benchside.visibility.desk_pages import TeamPage, said
from benchside.visibility.exhibitions import actions, queries
from benchside.visibility.exhibitions.desk import ExhibitionPage
from benchside.visibility.exhibitions.desk.forms import ExhibitionForm
from benchside.visibility.exhibitions.enums import ExhibitionState
from benchside.visibility.exhibitions.states import EXHIBITION
from benchside.visibility.models import Exhibition

COLUMNS = [
    ("title", "Exhibition"), ("panels", "Panels"), ("stops", "Stops"), ("down", "To take down"),
]  # fmt: skip
VERBS = {"open": actions.open_exhibition, "end": actions.end_tour}
SAID = {"open": "Everybody can see it now.", "end": "Its tour is over."}
BUTTONS = {"open": "Show it to everybody", "end": "End its tour"}


class Exhibitions(TeamPage):
    page_title = "Exhibitions"
    header_icon = "image"
    template_name = "visibility/exhibitions/desk/exhibitions.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        sort = said(request, "sort") or "title"
        page = self.paged(queries.listed(said(request, "q"), said(request, "state"), sort))
        return self.page(
            page=page,
            columns=sorting(request, COLUMNS, sort),
            states=ExhibitionState.choices,
            asked={name: said(request, name) for name in ("q", "state", "sort")},
            kept=request.GET.urlencode(),
            is_empty=not page.paginator.count and not request.GET,
        )


class ExhibitionsCsv(TeamPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        found = queries.listed(said(request, "q"), said(request, "state"), said(request, "sort"))
        header = ["Exhibition", "Address", "State", "Panels", "Stops", "To take down", "Visitors"]
        rows = (
            [one.title, one.slug, one.get_state_display(), one.held, one.planned, one.down,
             queries.visitors_of(one)[0]]
            for one in found
        )  # fmt: skip
        return csv_response("exhibitions.csv", header, rows)


class New(TeamPage):
    page_title = "New exhibition"
    header_icon = "image"
    template_name = "visibility/desk/form.html"
    steps = [("desk_exhibitions", "Exhibitions")]  # noqa: RUF012

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form_page(ExhibitionForm(), submit="Keep it as a draft")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ExhibitionForm(request.POST)
        if form.is_valid():
            try:
                made = actions.create_exhibition(actor=self.actor, values=form.cleaned_data)
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "A draft is made. Hang its first panel.")
                return redirect("desk_exhibition", made.slug)
        return self.form_page(form, submit="Keep it as a draft")


class One(ExhibitionPage):
    """Where it is, what must come down, what comes next."""

    template_name = "visibility/exhibitions/desk/exhibition.html"

    def get_page_title(self) -> str:
        return self.exhibition.title

    def steps_here(self) -> list[tuple[str, str]]:
        return super().steps_here()[:1]

    def get(self, request: HttpRequest) -> HttpResponse:
        one = self.exhibition
        visitors, is_guess = queries.visitors_of(one)
        panels = queries.panels(one)
        return self.page(
            exhibition=one,
            verbs=[(verb, BUTTONS[verb]) for verb in EXHIBITION.verbs(self.actor, one)],
            down=[panel for panel, _ in panels if panel.state == "take-down"],
            hanging=sum(allowed for _, allowed in panels),
            here=queries.hangs_at(one),
            stops=one.stops.planned().count(),
            visitors=visitors,
            is_guess=is_guess,
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        verb = request.POST.get("verb", "")
        try:
            if verb not in VERBS:
                raise Refused("Nothing was done: press one of the buttons.")
            VERBS[verb](actor=self.actor, exhibition=self.exhibition)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, SAID[verb])
        return redirect("desk_exhibition", self.exhibition.slug)


class Details(ExhibitionPage):
    page_title = "Details"
    template_name = "visibility/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form_page(ExhibitionForm(instance=self.exhibition), submit="Keep it")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = ExhibitionForm(request.POST, instance=Exhibition.objects.get(pk=self.exhibition.pk))
        if form.is_valid():
            try:
                actions.change_exhibition(
                    actor=self.actor, exhibition=self.exhibition, values=form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Kept.")
                return redirect("desk_exhibition", self.exhibition.slug)
        return self.form_page(form, submit="Keep it")
