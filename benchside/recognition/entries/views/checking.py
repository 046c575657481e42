"""For employers: many people checked at once. No account, no cookie, and nothing is kept."""

from collections import Counter
from datetime import timedelta

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from benchside.core.exports import csv_response
from benchside.core.open_forms import is_too_often
from benchside.recognition.entries.bulk import written
from benchside.recognition.entries.checking import Answer, Verdict, check
from benchside.recognition.entries.forms import CheckForm

MOST = 20
WITHIN = timedelta(hours=1)
SHOWN = 200  # rows on the page; all of them in the spreadsheet
HEADER = (
    "Row", "Number given", "Name given", "Answer", "Advice", "Number", "Name", "Letters", "Status",
    "Register", "Admitted", "Period until", "As of",
)  # fmt: skip


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def check_entries(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        return _page(request, CheckForm(request))
    form = CheckForm(request, request.POST, request.FILES)
    if not form.is_valid() or form.is_from_a_robot:
        return _page(request, form, status=422)
    if is_too_often(request, what="register-check", limit=MOST, within=WITHIN):
        form.add_error(None, "There were many checks from your network. Try again in an hour.")
        return _page(request, form, status=429)
    answers = check(form.rows)
    if request.POST.get("as") == "csv":
        return _csv(answers)
    return _page(request, form, answers)


def _page(
    request: HttpRequest, form: CheckForm, answers: list[Answer] | None = None, status: int = 200
) -> HttpResponse:
    counted = Counter(one.verdict for one in answers or ())
    context = {
        "form": form,
        "answers": (answers or [])[:SHOWN],
        "total": len(answers or ()),
        "shown": SHOWN,
        "counts": [(verdict, counted[verdict]) for verdict in Verdict if counted[verdict]],
        "pasted": written(one.asked for one in answers or ()),
        "as_of": timezone.now(),
    }
    return render(request, "recognition/entries/check.html", context, status=status)


def _csv(answers: list[Answer]) -> HttpResponse:
    as_of = f"{timezone.localtime():%Y-%m-%d %H:%M:%S}"
    return csv_response("register-check.csv", HEADER, [_row(one, as_of) for one in answers])


def _row(answer: Answer, as_of: str) -> list[object]:
    asked, found = answer.asked, answer.entry
    row: list[object] = [asked.row, asked.number, asked.name, answer.verdict.value, answer.advice]
    if found is None:
        return [*row, *[""] * 7, as_of]
    return [
        *row, found.number, found.name, found.letters, found.state.title, found.register.name,
        found.admitted_on, found.until or "", as_of,
    ]  # fmt: skip
