"""Entries at the desk: the list, one of them, the shortlist, files."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.organisations.enums import Nation
from benchside.organisations.views.tables import sorting
from benchside.visibility.contests import actions, exports, queries
from benchside.visibility.contests.desk import CompetitionPage
from benchside.visibility.contests.desk.forms import BlindForm, OutForm
from benchside.visibility.contests.enums import EntryState, OutFor
from benchside.visibility.contests.queries import Wanted
from benchside.visibility.contests.states import ENTRY
from benchside.visibility.desk_pages import said
from benchside.visibility.enums import PhotoState
from benchside.visibility.models import Entry

COLUMNS = [
    ("number", "Entry"), ("category", "Category"), ("age", "Ages"), ("school", "School"),
    ("sent", "Sent"), ("state", "State"),
]  # fmt: skip
PLAIN = {"shortlist": actions.shortlist, "pass_over": actions.pass_over}
SAID = {"shortlist": "On the shortlist", "pass_over": "Off the shortlist"}


def wanted_of(request: HttpRequest) -> Wanted:
    return Wanted(
        words=said(request, "q"),
        state=said(request, "state"),
        category=said(request, "category"),
        age_group=said(request, "age_group"),
        nation=said(request, "nation"),
        picture=said(request, "picture"),
        sort=said(request, "sort") or "number",
    )


class Entries(CompetitionPage):
    page_title = "Entries"
    template_name = "visibility/competitions/desk/entries.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        one, wanted = self.competition, wanted_of(request)
        page = self.paged(queries.entries(one, wanted))
        return self.page(
            competition=one,
            page=page,
            wanted=wanted,
            columns=sorting(request, COLUMNS, wanted.sort),
            rows=[(entry, ENTRY.verbs(self.actor, entry)) for entry in page],
            categories=one.categories.all(),
            age_groups=one.age_groups.all(),
            states=EntryState.choices,
            nations=Nation.choices,
            pictures=PhotoState.choices,
            kept=request.GET.urlencode(),
            is_empty=not page.paginator.count and not request.GET,
            is_shortlisting=one.state == "shortlisting",
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Shortlist or pass over those that are ticked; what cannot be is named."""
        verb = request.POST.get("verb", "")
        numbers = [n for n in request.POST.getlist("entry") if n.isascii() and n.isdecimal()][:500]
        chosen = self.competition.entries.filter(number__in=numbers).select_related("competition")
        done, refusals = 0, []
        for entry in chosen if verb in PLAIN else ():
            try:
                PLAIN[verb](actor=self.actor, entry=entry)
                done += 1
            except Refused as refused:
                refusals.append(f"Entry {entry.number}: {refused}")
        if done:
            messages.success(request, f"{SAID[verb]}: {done}.")
        for line in refusals[:10]:
            messages.error(request, line)
        if not done and not refusals:
            messages.warning(request, "Nothing was done: tick entries, then press a button.")
        return redirect(request.get_full_path())


class EntriesCsv(CompetitionPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        found = queries.entries(self.competition, wanted_of(request))
        name = f"{self.competition.slug}-entries.csv"
        return csv_response(name, exports.ENTRY_HEADER, exports.entry_rows(iter(found)))


class FiguresCsv(CompetitionPage):
    """Entries by category, ages and nation."""

    def get(self, request: HttpRequest) -> HttpResponse:
        name = f"{self.competition.slug}-figures.csv"
        header = ["Category", "Ages", "Nation", "Entries"]
        return csv_response(name, header, queries.counted(self.competition))


class OneEntry(CompetitionPage):
    """One entry, with whose it is: for the team alone."""

    template_name = "visibility/competitions/desk/entry.html"

    def get_page_title(self) -> str:
        return f"Entry {self.entry.number}"

    def steps_here(self) -> list[tuple[str, str]]:
        return [*super().steps_here(), (self._list_url(), "Entries")]

    def get(self, request: HttpRequest, number: int) -> HttpResponse:
        self.entry = self._entry(number)
        return self._page()

    def post(self, request: HttpRequest, number: int) -> HttpResponse:
        self.entry = self._entry(number)
        verb = request.POST.get("verb", "")
        try:
            said_now = self._do(verb)
        except Refused as refused:
            messages.error(request, str(refused))
        else:
            messages.success(request, said_now)
        return redirect("desk_entry", self.competition.slug, number)

    def _do(self, verb: str) -> str:
        who: dict[str, Any] = {"actor": self.actor, "entry": self.entry}
        if verb in PLAIN:
            PLAIN[verb](**who)
            return f"{SAID[verb]}."
        if verb == "disqualify":
            form = OutForm(self.request.POST)
            if not form.is_valid():
                raise Refused("Nothing was done.", "Say why it is out.")
            actions.disqualify(**who, why=OutFor(form.cleaned_data["why"]))
            return "It is out of the competition. Its sender is told."
        if verb == "withdraw":
            actions.withdraw_entry(**who)
            return "It is withdrawn. Its picture is gone."
        if verb == "blind":
            caption = BlindForm(self.request.POST)
            if not caption.is_valid():
                raise Refused("Nothing was kept.", "Write a caption of 400 letters at most.")
            actions.blind(**who, caption=caption.cleaned_data["caption"])
            return "Judges read this now."
        raise Refused("Nothing was done: press one of the buttons.")

    def _entry(self, number: int) -> Entry:
        found = self.competition.entries.select_related(
            "competition", "category", "age_group", "photo__picture", "photo__role", "terms"
        )
        return get_object_or_404(found, number=number)

    def _list_url(self) -> str:
        return f"{super().steps_here()[1][0]}entries/"

    def _page(self) -> HttpResponse:
        return self.page(
            entry=self.entry,
            competition=self.competition,
            verbs=ENTRY.verbs(self.actor, self.entry),
            out_form=OutForm(),
            blind_form=BlindForm(initial={"caption": self.entry.blind_caption}),
        )
