"""The teacher's side of a class: open it, show it, close it, write it down, throw it away.

Whoever holds the link of a class is its teacher. So its pages are kept nowhere, name themselves
to nobody, and their own addresses are not written on them: not as the canonical one, not in the
link to report a concern, not on paper. A form of theirs is sent to an address that holds the
secret, which no other site knows: that stands in for an Origin, which they do not send.
"""

from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from functools import wraps
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_safe

from benchside.careers.classes import actions, evidence, qr, queries
from benchside.careers.classes.forms import SCOTTISH_YEARS, YEARS, OpenClassForm
from benchside.careers.models import QuizClass
from benchside.core.actions import VISITOR
from benchside.core.exports import csv_response
from benchside.core.open_forms import is_too_often
from benchside.core.states import NoSuchMove, Overtaken

MOST_OPENED = 30  # of one address within the time: a school is one address
WITHIN = timedelta(hours=1)
FIRST_TITLE = "Careers quiz"
ON_A_SCREEN = 8  # bars that fit beside each other on a projector

View = Callable[..., HttpResponse]


@never_cache
@csrf_exempt  # a cookie would tell visitors apart: core.open_forms checks token and Origin
@require_http_methods(["GET", "HEAD", "POST"])
def open_class(request: HttpRequest) -> HttpResponse:
    """Four things about the lesson; then the teacher is sent to the one page that is theirs."""
    if request.method != "POST":
        return _form(request, OpenClassForm(request, initial={"title": FIRST_TITLE}))
    form = OpenClassForm(request, request.POST)
    if not form.is_valid():
        return _form(request, form, status=422)
    if form.is_from_a_robot:
        return redirect("careers:class_find")
    if is_too_often(request, what="quiz-class", limit=MOST_OPENED, within=WITHIN):
        form.add_error(None, "Many classes were opened from your network. Try again in an hour.")
        return _form(request, form, status=429)
    names = ("title", "years", "pupils", "minutes")
    fields = {name: form.cleaned_data[name] for name in names}
    _, secret = actions.open_class(actor=VISITOR, **fields)
    return redirect("careers:class_teach", secret)


def _form(request: HttpRequest, form: OpenClassForm, status: int = 200) -> HttpResponse:
    ticked = set(form["years"].value() or [])
    context = {
        "form": form,
        "years": [
            [(f"year-{label}", value, label, value in ticked) for value, label in row]
            for row in (YEARS, SCOTTISH_YEARS)
        ],
    }
    return render(request, "careers/class/new.html", context, status=status)


def for_the_teacher(view: View) -> View:
    """Give the view the class whose secret the address holds; to anybody else it is not there."""

    @never_cache
    @wraps(view)
    def found(request: HttpRequest, secret: str) -> HttpResponse:
        quiz_class = queries.class_of_secret(secret)
        request.shown_as = reverse("careers:class_find")  # type: ignore[attr-defined]
        if quiz_class is None:
            response = render(request, "careers/class/no_lesson.html", status=404)
        else:
            response = view(request, quiz_class, secret)
        response["Referrer-Policy"] = "no-referrer"
        response["X-Robots-Tag"] = "noindex"
        return response

    return csrf_exempt(found)


@for_the_teacher
@require_safe
def teach(request: HttpRequest, quiz_class: QuizClass, secret: str) -> HttpResponse:
    return _shown(request, "teach", quiz_class, secret)


@for_the_teacher
@require_safe
def projector(request: HttpRequest, quiz_class: QuizClass, secret: str) -> HttpResponse:
    return _shown(request, "projector", quiz_class, secret)


@for_the_teacher
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, quiz_class: QuizClass, secret: str) -> HttpResponse:
    """Ask once, then close. Closing what is closed leads to the totals all the same."""
    screen = "projector" if "projector" in (request.GET | request.POST) else "teach"
    if request.method != "POST" and quiz_class.is_open:
        return _shown(request, "close", quiz_class, secret, screen=screen)
    if request.method == "POST":
        with suppress(NoSuchMove, Overtaken):  # closed from another window: what was asked for
            actions.close_class(actor=queries.teacher_of(quiz_class), quiz_class=quiz_class)
    return redirect(f"careers:class_{screen}", secret)


@for_the_teacher
@require_http_methods(["GET", "HEAD", "POST"])
def forget(request: HttpRequest, quiz_class: QuizClass, secret: str) -> HttpResponse:
    if request.method != "POST":
        return _shown(request, "forget", quiz_class, secret)
    actions.forget_class(actor=queries.teacher_of(quiz_class), quiz_class=quiz_class)
    return render(request, "careers/class/forgotten.html")


@for_the_teacher
@require_safe
def evidence_sheet(request: HttpRequest, quiz_class: QuizClass, secret: str) -> HttpResponse:
    ticked = evidence.chosen(request.GET.getlist("benchmark"))
    context = {
        "line": evidence.line(quiz_class, ticked),
        "benchmarks": [(one, one.number in ticked) for one in evidence.BENCHMARKS],
    }
    return _shown(request, "evidence", quiz_class, secret, **context)


@for_the_teacher
@require_safe
def evidence_csv(request: HttpRequest, quiz_class: QuizClass, secret: str) -> HttpResponse:
    line = evidence.line(quiz_class, evidence.chosen(request.GET.getlist("benchmark")))
    return csv_response("careers-quiz-evidence.csv", list(line), [list(line.values())])


def _shown(
    request: HttpRequest, name: str, quiz_class: QuizClass, secret: str, **more: Any
) -> HttpResponse:
    """`lesson` is the class; `to` the addresses of its pages by name; `address` what pupils type.

    `sector_bars` and `role_bars` are for the charts, as the tag `bars` takes them; of roles, a
    projector has room for the first few.
    """
    front_door = reverse("short:class", args=[quiz_class.code])
    side, squares = qr.path(f"{settings.BASE_URL}{front_door}")
    context = {
        "lesson": quiz_class,
        "to": _addresses(secret),
        "address": f"{urlsplit(settings.BASE_URL).netloc}{reverse('short:class_find')}",
        "qr": {"side": side, "squares": squares},
        **_bars(quiz_class.totals),
        **more,
    }
    return render(request, f"careers/class/{name}.html", context)


def _addresses(secret: str) -> dict[str, str]:
    pages = ("teach", "projector", "close", "forget", "evidence", "evidence_csv")
    return {name: reverse(f"careers:class_{name}", args=[secret]) for name in pages}


def _bars(totals: dict[str, Any] | None) -> dict[str, Any]:
    if not totals:
        return {}
    roles = [_bar("role", line) for line in totals["roles"]]
    return {
        "sector_bars": [_bar("sector", line) for line in totals["sectors"]],
        "role_bars": roles,
        "first_role_bars": roles[:ON_A_SCREEN],
    }


def _bar(kind: str, line: dict[str, Any]) -> tuple[str, int, str]:
    return line["name"], line["pupils"], reverse(f"careers:{kind}", args=[line["slug"]])
