"""What is due: the list, its tables for a spreadsheet, reminders, and rounds by window."""

from collections.abc import Iterator
from io import BytesIO

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from openpyxl import Workbook
from wagtail.admin import messages

from benchside.core.actions import Refused
from benchside.core.exports import csv_response, safe_cell
from benchside.impact.charters import addresses, due_list, progress, reminding
from benchside.impact.charters.desk import CharterPage
from benchside.impact.charters.due_list import MORE, SORTS, Wanted
from benchside.impact.models import Cycle
from benchside.organisations.views.tables import sorting, words_of

COLUMNS = [
    ("organisation", "Organisation"), ("stage", "Stage"), ("due", "Due"), ("phase", "Stands"),
    ("cohort", "Since"), ("sent", "Sent in"),
]  # fmt: skip
HEADER = (
    "Organisation", "Cohort", "Announced", "Stage", "Due", "First due", "Extended", "Why extended",
    "Set by an officer", "Why set", "Stands", "Sent in", "Plan, months", "Named lead",
)  # fmt: skip
MOST_AT_ONCE = 100
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def wanted_of(request: HttpRequest) -> Wanted:
    asked = request.GET
    sort, phase = asked.get("sort", "due"), asked.get("phase", "open")
    return Wanted(
        sort=sort if sort.removeprefix("-") in SORTS else "due",
        phase=phase if phase in progress.PHASES or phase in MORE else "",
        stage=asked.get("stage", "")[:4] if asked.get("stage", "").isdecimal() else "",
        window=asked.get("window", "")[:7].replace("\0", ""),
        cohort=asked.get("cohort", "")[:9] if asked.get("cohort", "").isdecimal() else "",
        words=words_of(request),
    )


class DueList(CharterPage):
    sheet = "desk_charter"
    template_name = "impact/charters/desk/due.html"

    def get_breadcrumbs_items(self) -> list[dict[str, str]]:
        return super().get_breadcrumbs_items()[:-1]

    def get(self, request: HttpRequest) -> HttpResponse:
        wanted, today = wanted_of(request), timezone.localdate()
        page = self.paged(due_list.due_list(self.charter, wanted, today))
        return self.page(
            page=page,
            rows=[(one, progress.PHASES[one.phase]) for one in page],
            wanted=wanted,
            columns=sorting(request, COLUMNS, wanted.sort),
            phases=[("all", "All that are not done"), *MORE.items(), *progress.PHASES.items()],
            counts=due_list.counts(self.charter, today),
            rounds=due_list.rounds(self.charter, today),
            cohorts=self.charter.cohorts.all(),
            kept=request.GET.urlencode(),
        )

    def post(self, request: HttpRequest) -> HttpResponse:
        """Remind all that are ticked; who cannot be is told, the others are done."""
        ticked = [int(pk) for pk in request.POST.getlist("cycle") if pk.isascii() and pk.isdigit()]
        found = Cycle.objects.filter(
            pk__in=ticked[:MOST_AT_ONCE], signatory__charter=self.charter
        ).select_related("signatory__organisation", "signatory__charter")
        good = 0
        for one in found:
            try:
                reminding.remind_now(actor=self.actor, cycle=one)
                good += 1
            except Refused as refused:
                messages.error(request, f"{one.signatory.organisation}: {refused}")
        if good:
            messages.success(request, f"{good} {'is' if good == 1 else 'are'} reminded.")
        elif not ticked:
            messages.error(request, "Nothing was done: tick whom to remind.")
        return redirect(request.get_full_path())


class DueCsv(CharterPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        return csv_response(f"{self.charter.slug}-due.csv", HEADER, _rows(self, request))


class DueXlsx(CharterPage):
    def get(self, request: HttpRequest) -> HttpResponse:
        book = Workbook(write_only=True)
        sheet = book.create_sheet("Due")
        sheet.append(list(HEADER))
        for row in _rows(self, request):
            sheet.append([one if isinstance(one, int) else safe_cell(one) for one in row])
        written = BytesIO()
        book.save(written)
        response = HttpResponse(written.getvalue(), content_type=XLSX)
        response["Content-Disposition"] = f'attachment; filename="{self.charter.slug}-due.xlsx"'
        return response


def _rows(page: CharterPage, request: HttpRequest) -> Iterator[tuple[object, ...]]:
    for one in due_list.due_list(page.charter, wanted_of(request), timezone.localdate()):
        signatory, submission = one.signatory, one.submission
        sent = submission.submitted_at if submission else None
        yield (
            signatory.organisation.name,
            signatory.cohort.title if signatory.cohort else "",
            signatory.announced_on,
            one.stage,
            one.due_on,
            one.first_due_on,
            "yes" if one.extended_at else "",
            one.extended_why,
            "yes" if one.overridden_at else "",
            one.overridden_why,
            progress.PHASES[one.phase],
            timezone.localdate(sent) if sent else "",
            one.plan_months,
            signatory.lead.get_full_name() if signatory.lead else "",
        )


class Rounds(CharterPage):
    """Windows, and how far the stages due in each have come."""

    page_title = "Rounds"
    sheet = "desk_charter_rounds"
    template_name = "impact/charters/desk/rounds.html"

    def get(self, request: HttpRequest) -> HttpResponse:
        return self.page(rounds=due_list.rounds(self.charter, timezone.localdate()))


class OneRound(CharterPage):
    """All of one window, with the way to the seats of each."""

    sheet = "desk_charter_rounds"
    template_name = "impact/charters/desk/round.html"

    def get_page_title(self) -> str:
        return f"Round {self.kwargs['window']}"

    def get(self, request: HttpRequest, window: str) -> HttpResponse:
        today = timezone.localdate()
        wanted = Wanted(window=window, phase="", sort="organisation")
        found = list(due_list.due_list(self.charter, wanted, today))
        done = due_list.due_list(
            self.charter, Wanted(window=window, phase="closed", sort="organisation"), today
        )
        rows = [
            (one, progress.PHASES[one.phase], addresses.of_case(one.submission))
            if one.submission
            else (one, progress.PHASES[one.phase], "")
            for one in [*found, *done]
        ]
        return self.page(rows=rows, window=window)
