"""Every version of one text: looked at, compared, brought back."""

from itertools import pairwise
from typing import Any

from django.contrib import messages
from django.core.paginator import Page, Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from benchside.assessment.actions.writing import save_statement
from benchside.assessment.models import Statement, StatementVersion
from benchside.assessment.words import count_words
from benchside.assessment.writing import queries
from benchside.assessment.writing.compare import compare
from benchside.assessment.writing.lately import ends_of_sittings
from benchside.assessment.writing.queries import Place
from benchside.assessment.writing.views import WriterRequest, shown, writers_only
from benchside.core.actions import Actor, Denied, Refused

A_PAGE = 20


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def versions(request: WriterRequest, criterion: str) -> HttpResponse:
    writer = request.writer
    place = writer.place(criterion)
    if not (writer.talks or writer.writes(criterion)):
        raise Denied("statement.compare")
    statement = get_object_or_404(writer.submission.statements, criterion=criterion)
    if request.method == "POST":
        return _bring_back(request, statement, place)
    every = request.GET.get("all") == "yes"
    listed = list(statement.versions.defer("text"))
    shown_ones = listed if every else ends_of_sittings(listed)
    page = Paginator(shown_ones, A_PAGE).get_page(request.GET.get("page"))
    context = shown(
        writer,
        place=place,
        statement=statement,
        page=page,
        rows=_rows(page, shown_ones),
        every=every,
        folded=len(listed) - len(shown_ones),
        may_write=writer.may_write(criterion),
        **_compared(request, statement),
    )
    return render(request, "assessment/writing/versions.html", context)


def _rows(page: "Page[StatementVersion]", listed: list[StatementVersion]) -> list[dict[str, Any]]:
    """Each with its words, and how many more or fewer than the listed one before."""
    before = {one.pk: other for one, other in pairwise(listed)}
    wanted = {one.pk for one in page} | {before[one.pk].pk for one in page if one.pk in before}
    texts = dict(StatementVersion.objects.filter(pk__in=wanted).values_list("pk", "text"))
    words = {pk: count_words(text) for pk, text in texts.items()}
    who = queries.names([one.saved_by for one in page])
    return [
        {
            "one": one,
            "who": who.get(str(one.saved_by), "Somebody"),
            "words": words[one.pk],
            "change": words[one.pk] - (words[before[one.pk].pk] if one.pk in before else 0),
            "before": before[one.pk].number if one.pk in before else 0,
        }
        for one in page
    ]


def _compared(request: WriterRequest, statement: Statement) -> dict[str, Any]:
    """The two asked for, the older first; nothing where one is not there."""
    asked = [request.GET.get(name, "") for name in ("one", "other")]
    if not all(each.isdigit() for each in asked):
        return {}
    numbers = sorted(int(each[:9]) for each in asked)
    found = {one.number: one for one in statement.versions.filter(number__in=numbers)}
    if set(found) != set(numbers):
        return {}
    older, newer = (found[number] for number in numbers)
    who = queries.names([older.saved_by, newer.saved_by])
    return {
        "older": older,
        "newer": newer,
        "older_by": who.get(str(older.saved_by), "Somebody"),
        "newer_by": who.get(str(newer.saved_by), "Somebody"),
        "compared": compare(older.text, newer.text),
    }


def _bring_back(request: WriterRequest, statement: Statement, place: Place) -> HttpResponse:
    """An older text becomes the newest; nothing between them is lost."""
    wanted = request.POST.get("number", "")
    number = int(wanted[:9]) if wanted.isdigit() else -1
    old = get_object_or_404(statement.versions, number=number)
    key, criterion = request.writer.submission.key, place.criterion.key
    try:
        save_statement(
            actor=Actor.of(request.user),
            submission=request.writer.submission,
            criterion=criterion,
            text=old.text,
            choice=old.choice,
            based_on=statement.number,
        )
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("assessment:versions", key, criterion)
    messages.success(request, f"Version {number} is back, as the newest. Nothing is lost.")
    return redirect("assessment:question", key, criterion)
