"""Who signed: all of them, one of them, and the cohorts they are announced with."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response
from benchside.impact.charters import actions, addresses, due_list, progress, queries, reminding
from benchside.impact.charters.desk import CharterPage
from benchside.impact.charters.desk.forms import (
    AcceptForm,
    CohortForm,
    LeaveForm,
    OverrideForm,
    RecordForm,
    WhyForm,
)
from benchside.impact.charters.due_list import SIGNATORY_SORTS
from benchside.impact.charters.states import SIGNATORY
from benchside.impact.enums import Part, SignatoryState
from benchside.impact.models import Signatory
from benchside.organisations.views.tables import sorting, words_of

COLUMNS = [
    ("organisation", "Organisation"), ("part", "Part"), ("state", "State"), ("cohort", "Announced"),
    ("began", "Began"),
]  # fmt: skip


def _asked(request: HttpRequest) -> dict[str, str]:
    state, part = request.GET.get("state", ""), request.GET.get("part", "")
    sort = request.GET.get("sort", "organisation")
    return {
        "words": words_of(request),
        "state": state if state in SignatoryState.values else "",
        "part": part if part in Part.values else "",
        "sort": sort if sort.removeprefix("-") in SIGNATORY_SORTS else "organisation",
    }


class Signatories(CharterPage):
    page_title = "Signatories"
    sheet = "desk_charter_signatories"
    template_name = "impact/charters/desk/signatories.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        asked = _asked(request)
        page = self.paged(due_list.signatories(self.charter, **asked))
        return self.page(
            page=page,
            rows=[(one, queries.standing(one)[0] if one.award else "") for one in page],
            asked=asked,
            columns=sorting(request, COLUMNS, asked["sort"]),
            states=SignatoryState.choices,
            parts=Part.choices,
            kept=request.GET.urlencode(),
            waiting=Signatory.objects.filter(charter=self.charter, state="signed").count(),
        )


class SignatoriesCsv(CharterPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        header = (
            "Organisation", "Part", "State", "Cohort", "Announced", "Status", "Number", "Head",
            "Post", "Named lead", "Contact", "E-mail", "Left",
        )  # fmt: skip
        rows = (
            (
                one.organisation.name, one.get_part_display(), one.get_state_display(),
                one.cohort.title if one.cohort else "", one.announced_on or "",
                queries.standing(one)[0] if one.award else "",
                one.award.number if one.award else "", one.head_name, one.head_post,
                one.lead.get_full_name() if one.lead else "", one.contact_name, one.contact_email,
                one.left_on or "",
            )
            for one in due_list.signatories(self.charter, **_asked(request))
        )  # fmt: skip
        return csv_response(f"{self.charter.slug}-all-signatories.csv", header, rows)


class Record(CharterPage):
    """Somebody who signed before Benchside was there."""

    page_title = "Put on record"
    sheet = "desk_charter_signatories"
    template_name = "impact/charters/desk/form.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.form_page(RecordForm(charter=self.charter), submit="Put it on record")

    def post(self, request: HttpRequest) -> HttpResponse:
        form = RecordForm(request.POST, charter=self.charter)
        if form.is_valid():
            given = form.cleaned_data
            try:
                made = actions.record_signatory(
                    actor=self.actor,
                    charter=self.charter,
                    organisation=given["organisation"],
                    cohort=given["cohort"],
                    part=Part(given["part"]),
                    stage=given["stage"],
                    contact=(given["contact_name"], given["contact_email"]),
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "On record. Look at its days.")
                return redirect("desk_charter_signatory", self.charter.slug, made.pk)
        return self.form_page(form, submit="Put it on record")


class OneSignatory(CharterPage):
    """One of them: what it signed, its stages and days, and what can be done."""

    sheet = "desk_charter_signatories"
    template_name = "impact/charters/desk/signatory.html"
    signatory: Signatory

    def get_page_title(self) -> str:
        return str(self.signatory.organisation.name)

    def steps(self) -> list[tuple[str, str]]:
        return [(reverse("desk_charter_signatories", args=[self.charter.slug]), "Signatories")]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.signatory = self._signatory(pk)
        return self._shown()

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        self.signatory = self._signatory(pk)
        verb = request.POST.get("verb", "")
        made = self._form(verb, request.POST)
        if made is not None and not made.is_valid():
            return self._shown(status=422, **{f"{verb}_form": made})
        try:
            done = self._do(verb, made)
        except Refused as refused:
            if made is None:
                messages.error(request, str(refused))
                return redirect("desk_charter_signatory", self.charter.slug, pk)
            made.add_error(None, str(refused))
            return self._shown(status=422, **{f"{verb}_form": made})
        messages.success(request, done)
        return redirect("desk_charter_signatory", self.charter.slug, pk)

    def _signatory(self, pk: int) -> Signatory:
        found = Signatory.objects.select_related(
            "charter", "organisation", "cohort", "lead", "award__version"
        )
        return get_object_or_404(found, pk=pk, charter=self.charter)

    def _form(self, verb: str, data: Any = None) -> Any:
        makers: dict[str, Callable[[], forms.Form]] = {
            "accept": lambda: AcceptForm(data, charter=self.charter),
            "decline": lambda: WhyForm(data, prefix="decline"),
            "return": lambda: WhyForm(data, prefix="return"),
            "override": lambda: OverrideForm(data),
            "leave": lambda: LeaveForm(data, reasons=self._reasons()),
        }
        return makers[verb]() if verb in makers else None

    def _reasons(self) -> tuple[str, ...]:
        award = self.signatory.award
        known = award.version.standard.award if award else None
        moves = [one for one in known.moves if one.verb == "leave"] if known else []
        return moves[0].reasons if moves else ()

    def _do(self, verb: str, form: Any) -> str:
        who: dict[str, Any] = {"actor": self.actor, "signatory": self.signatory}
        if verb == "accept":
            actions.accept_signatory(**who, cohort=form.cleaned_data["cohort"])
            return "Accepted. It is announced with its cohort, on the day."
        if verb == "decline":
            actions.decline_signatory(**who, answer=form.cleaned_data["answer"])
            return "Not accepted. Its leads are told why."
        if verb == "return":
            actions.return_signatory(**who, answer=form.cleaned_data["answer"])
            return "Sent back. Both must sign again."
        if verb == "leave":
            given = form.cleaned_data
            actions.say_left(**who, reason=given["reason"], on=given["on"])
            return "It is no signatory any more. Its page says until when it was."
        return self._do_to_stage(verb, form)

    def _do_to_stage(self, verb: str, form: Any) -> str:
        stage = self.request.POST.get("stage", "")
        number = int(stage) if stage.isascii() and stage.isdigit() and len(stage) < 4 else 0
        cycle = self.signatory.cycles.filter(stage=number).first()
        if cycle is None or verb not in {"override", "remind"}:
            raise Refused("Nothing was done: press one of the buttons.")
        cycle.signatory = self.signatory
        if verb == "remind":
            people = reminding.remind_now(actor=self.actor, cycle=cycle)
            return f"Reminded: {people} {'person' if people == 1 else 'people'}."
        given = form.cleaned_data
        actions.override_due(
            actor=self.actor, cycle=cycle, due_on=given["due_on"], why=given["why"]
        )
        return f"Stage {number} is due on {given['due_on']:%d/%m/%Y} now. The reason is on record."

    def _shown(self, status: int = 200, **bound: forms.Form) -> HttpResponse:
        today = timezone.localdate()
        stages = queries.stages_of(self.signatory)
        given = {
            f"{verb}_form": self._form(verb)
            for verb in ("accept", "decline", "return", "override", "leave")
        }
        is_open = set(
            queries.open_cycles().filter(signatory=self.signatory).values_list("pk", flat=True)
        )
        return self.page(
            status=status,
            signatory=self.signatory,
            status_title=queries.standing(self.signatory)[0] if self.signatory.award else "",
            verbs=SIGNATORY.verbs(self.actor, self.signatory),
            stages=[
                (
                    one, progress.PHASES[queries.phase(one, today)], one.pk in is_open,
                    addresses.of_case(one.submission) if one.submission else "",
                )
                for one in stages
            ],
            open_stages=[one for one in stages if one.pk in is_open],
            reminders=[
                (one, one.cycle.stage)
                for one in queries.reminders_of(self.signatory)
            ],
            public_url=addresses.of_signatory(self.signatory),
            has_cohorts=self.charter.cohorts.exists(),
            **{**given, **bound},
        )  # fmt: skip


class Cohorts(CharterPage):
    """Days of announcement: how many are announced, how many wait; make one, announce one."""

    page_title = "Cohorts"
    sheet = "desk_charter_cohorts"
    template_name = "impact/charters/desk/cohorts.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self._shown(CohortForm())

    def post(self, request: HttpRequest) -> HttpResponse:
        if request.POST.get("verb") == "announce":
            return self._announce(request.POST.get("cohort", ""))
        form = CohortForm(request.POST)
        if form.is_valid():
            try:
                actions.keep_cohort(
                    actor=self.actor, charter=self.charter, cohort=None, **form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(self.request, "Kept. Accept signatories into it.")
                return redirect("desk_charter_cohorts", self.charter.slug)
        return self._shown(form, status=422)

    def _announce(self, given: str) -> HttpResponse:
        number = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
        cohort = get_object_or_404(self.charter.cohorts, pk=number)
        try:
            count = actions.announce_cohort(actor=self.actor, cohort=cohort)
        except Refused as refused:
            messages.error(self.request, str(refused))
        else:
            messages.success(self.request, f"Announced: {count}. Their leads have a letter.")
        return redirect("desk_charter_cohorts", self.charter.slug)

    def _shown(self, form: forms.BaseForm, status: int = 200) -> HttpResponse:
        return self.page(
            status=status,
            form=form,
            cohorts=self.paged(queries.cohorts_of(self.charter)),
            today=timezone.localdate(),
        )


class OneCohort(CharterPage):
    """Its title and its day."""

    sheet = "desk_charter_cohorts"
    template_name = "impact/charters/desk/form.html"

    def get_page_title(self) -> str:
        return "Change a cohort"

    def steps(self) -> list[tuple[str, str]]:
        return [(reverse("desk_charter_cohorts", args=[self.charter.slug]), "Cohorts")]

    def get(self, request: HttpRequest, pk: int) -> HttpResponse:
        cohort = get_object_or_404(self.charter.cohorts, pk=pk)
        return self.form_page(CohortForm(instance=cohort), submit="Keep it")

    def post(self, request: HttpRequest, pk: int) -> HttpResponse:
        cohort = get_object_or_404(self.charter.cohorts, pk=pk)
        shown = get_object_or_404(self.charter.cohorts, pk=pk)
        form = CohortForm(request.POST, instance=shown)
        if form.is_valid():
            try:
                actions.keep_cohort(
                    actor=self.actor, charter=self.charter, cohort=cohort, **form.cleaned_data
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Kept.")
                return redirect("desk_charter_cohorts", self.charter.slug)
        return self.form_page(form, submit="Keep it")
