"""Stops at the desk: where the panels go, and how many came."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting
from benchside.visibility.desk_pages import said
from benchside.visibility.exhibitions import actions, queries
from benchside.visibility.exhibitions.desk import ExhibitionPage
from benchside.visibility.exhibitions.desk.forms import CountForm, StopForm
from benchside.visibility.exhibitions.enums import StopState
from benchside.visibility.exhibitions.states import STOP
from benchside.visibility.models import Stop, VisitorCount

COLUMNS = [("starts", "Days"), ("venue", "Venue"), ("town", "Town"), ("visitors", "Visitors")]
VERBS = {"cancel": actions.cancel_stop, "plan_again": actions.plan_again}
SAID = {"cancel": "It is called off. Calendars show it so.", "plan_again": "It is planned again."}


class Stops(ExhibitionPage):
    page_title = "Stops"
    template_name = "visibility/exhibitions/desk/stops.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        sort = said(request, "sort") or "starts"
        found = queries.stops(self.exhibition, said(request, "q"), said(request, "state"), sort)
        page = self.paged(found)
        return self.page(
            exhibition=self.exhibition,
            page=page,
            columns=sorting(request, COLUMNS, sort),
            states=StopState.choices,
            asked={name: said(request, name) for name in ("q", "state", "sort")},
            kept=request.GET.urlencode(),
            is_empty=not page.paginator.count and not request.GET,
        )


class StopsCsv(ExhibitionPage):
    """The stops as chosen, for the team: with contacts."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = queries.stops(
            self.exhibition, said(request, "q"), said(request, "state"), said(request, "sort")
        )
        header = [
            "Venue", "Address", "Town", "Postcode", "Nation", "First day", "Last day", "State",
            "Contact", "E-mail", "Telephone", "Visitors", "Days estimated",
        ]  # fmt: skip
        rows = (
            [one.venue, one.address, one.town, one.postcode, one.get_nation_display(),
             one.starts_on, one.ends_on, one.get_state_display(), one.contact, one.contact_email,
             one.contact_phone, one.came, one.guessed]
            for one in found
        )  # fmt: skip
        return csv_response(f"{self.exhibition.slug}-stops.csv", header, rows)


class VisitorsCsv(ExhibitionPage):
    """Visitors by stop and day, with how they were counted."""

    def get(self, request: HttpRequest) -> HttpResponse:
        found = VisitorCount.objects.filter(stop__exhibition=self.exhibition)
        header = ["Venue", "Town", "Nation", "Day", "Visitors", "Counted by", "Estimate"]
        rows = (
            [one.stop.venue, one.stop.town, one.stop.get_nation_display(), one.day, one.visitors,
             one.get_source_display(), "yes" if one.is_estimate else ""]
            for one in found.select_related("stop").order_by("day", "stop_id")
        )  # fmt: skip
        return csv_response(f"{self.exhibition.slug}-visitors.csv", header, rows)


class StopPage(ExhibitionPage):
    """One stop, or a new one, as a form."""

    template_name = "visibility/desk/form.html"

    def get_page_title(self) -> str:
        return f"Change {self.stop.venue}" if self.stop else "New stop"

    def steps_here(self) -> list[tuple[str, str]]:
        here = super().steps_here()
        return [*here, (f"{here[1][0]}stops/", "Stops")]

    def get(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        self._find(pk)
        return self.form_page(StopForm(instance=self.stop), submit="Keep it")

    def post(self, request: HttpRequest, pk: int | None = None) -> HttpResponse:
        self._find(pk)
        copy = Stop.objects.get(pk=pk) if pk else Stop(exhibition=self.exhibition)
        form = StopForm(request.POST, instance=copy)
        if not form.is_valid():
            return self.form_page(form, submit="Keep it")
        try:
            if self.stop:
                actions.change_stop(actor=self.actor, stop=self.stop, values=form.cleaned_data)
                kept = self.stop
            else:
                kept = actions.plan_stop(
                    actor=self.actor, exhibition=self.exhibition, values=form.cleaned_data
                )
        except Refused as refused:
            form.add_error(None, str(refused))
            return self.form_page(form, submit="Keep it")
        messages.success(request, "Kept. Calendars that follow it hear of it.")
        return redirect("desk_stop", self.exhibition.slug, kept.pk)

    def _find(self, pk: int | None) -> None:
        mine = self.exhibition.stops.select_related("exhibition")
        self.stop = get_object_or_404(mine, pk=pk) if pk else None


class OneStop(ExhibitionPage):
    """One stop: details, and visitors by day."""

    template_name = "visibility/exhibitions/desk/stop.html"

    def get_page_title(self) -> str:
        return self.stop.venue

    def steps_here(self) -> list[tuple[str, str]]:
        here = super().steps_here()
        return [*here, (f"{here[1][0]}stops/", "Stops")]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.stop = self._stop(pk)
        return self._page(CountForm())

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.stop = self._stop(pk)
        verb = request.POST.get("verb", "")
        form = CountForm(request.POST if verb == "count" else None)
        if verb == "count" and not form.is_valid():
            return self._page(form)
        try:
            done = self._do(verb, form)
        except Refused as refused:
            if verb == "count":
                form.add_error("day", str(refused))
                return self._page(form)
            messages.error(request, str(refused))
        else:
            messages.success(request, done)
        return redirect("desk_stop", self.exhibition.slug, pk)

    def _do(self, verb: str, form: CountForm) -> str:
        if verb in VERBS:
            VERBS[verb](actor=self.actor, stop=self.stop)
            return SAID[verb]
        if verb == "count":
            actions.note_visitors(actor=self.actor, stop=self.stop, **form.cleaned_data)
            return "Noted."
        if verb == "uncount":
            number = self.request.POST.get("count", "")
            mine = self.stop.counts.select_related("stop__exhibition")
            count = get_object_or_404(
                mine, pk=int(number) if number.isascii() and number.isdecimal() else 0
            )
            actions.remove_count(actor=self.actor, count=count)
            return "Taken away."
        raise Refused("Nothing was done: press one of the buttons.")

    def _stop(self, pk: int) -> Stop:
        return get_object_or_404(self.exhibition.stops.select_related("exhibition", "host"), pk=pk)

    def _page(self, form: CountForm) -> HttpResponse:
        return self.form_page(
            form,
            exhibition=self.exhibition,
            stop=self.stop,
            counts=self.stop.counts.all(),
            verbs=STOP.verbs(self.actor, self.stop),
        )
