"""A list of entries on its way in: chosen, its columns said, judged, applied, taken back."""

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.assessment.awarding.queries import version_in_force
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.core.models import RunState
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.bringing import (
    actions,
    columns,
    comparing,
    letters,
    reading,
    ways,
    writing,
)
from benchside.recognition.bringing.forms import ListFile
from benchside.recognition.bringing.views import KeeperRequest, keepers_only
from benchside.recognition.models import BroughtList

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
A_PAGE, LISTS, EXAMPLES, SHOWN = 50, 25, 3, 200
CHOICES = [("", "Leave it out"), *((key, one.title) for key, one in columns.FIELDS.items())]
SORTS = [("number", "Number"), ("name", "Name"), ("state", "State"), ("admitted", "Admitted")]
TO_WRITE = ("asked", "declined", "not-asked", "no-address")
BOTH = ("GET", "HEAD", "POST")


@require_http_methods(BOTH)
@keepers_only
def lists(request: KeeperRequest) -> HttpResponse:
    form = ListFile(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        chosen = form.cleaned_data["file"]
        try:
            one = actions.take_in_list(
                actor=Actor.of(request.user),
                register=request.register,
                data=chosen.read(),
                filename=chosen.name,
            )
        except Refused as refused:
            form.add_error("file", str(refused))
        else:
            return redirect("recognition:bring_columns", request.register.slug, one.pk)
    found = BroughtList.objects.filter(register=request.register).select_related("run")
    page = Paginator(found, LISTS).get_page(request.GET.get("page"))
    context = {"register": request.register, "form": form, "page": page}
    status = 422 if form.errors else 200
    return render(request, "recognition/bringing/lists.html", context, status=status)


@require_http_methods(BOTH)
@keepers_only
def which_columns(request: KeeperRequest, pk: int) -> HttpResponse:
    """Which column is which. Leads on to the progress, and then to what it would add."""
    one = _list(request, pk)
    if not one.file:
        return redirect("recognition:bring", request.register.slug)
    book = comparing.book_of(one)
    wrong: list[str] = []
    if request.method == "POST":
        actor = Actor.of(request.user)
        answers = _answers(request, comparing.layouts_of(one, book))
        actions.answer_list(actor=actor, one=one, answers=answers)
        wrong = columns.wrong_with(comparing.layouts_of(one, book))
        if not wrong:
            here = reverse("recognition:bring_list", args=[request.register.slug, pk])
            return redirect(actions.compare_list(actor=actor, one=one, then=here))
    parts = [
        {"place": place, "sheet": sheet, "layout": layout,
         "rows": max(0, len(sheet.rows) - layout.header_row),
         "columns": [(f"column-{place}-{each.place}", each, _examples(sheet, layout, each.place))
                     for each in layout.columns]}
        for place, (sheet, layout) in enumerate(
            zip(book.sheets, comparing.layouts_of(one, book), strict=True))
    ]  # fmt: skip
    context = {
        "register": request.register, "list": one, "parts": parts, "choices": CHOICES,
        "manner": comparing.manner_of(one),
        "asks": ways.asked_of(book, comparing.layouts_of(one, book), comparing.manner_of(one)),
        "wrong": wrong or ([one.problem] if one.problem else []),
    }  # fmt: skip
    status = 422 if wrong else 200
    return render(request, "recognition/bringing/columns.html", context, status=status)


def _answers(request: KeeperRequest, layouts: list[columns.Layout]) -> dict[str, dict[str, str]]:
    known = dict(CHOICES)
    whole = {key: request.POST.get(key, "")[:10] for key in ("days", "names")}
    return {comparing.WHOLE: whole} | {
        str(place): {
            each.key: said
            for each in layout.columns
            if (said := request.POST.get(f"column-{place}-{each.place}", "")) in known
        }
        for place, layout in enumerate(layouts)
    }


def _examples(sheet: Any, layout: columns.Layout, place: int) -> str:
    found: dict[str, None] = {}
    for cells in sheet.rows[layout.header_row : layout.header_row + 200]:
        text = " ".join(str(cells[place]).split())[:40] if place < len(cells) else ""
        if text:
            found[text] = None
        if len(found) == EXAMPLES:
            break
    return ", ".join(found)


@require_safe
@keepers_only
def brought_list(request: KeeperRequest, pk: int) -> HttpResponse:
    """What it would add, or added; what is wrong in it; who may be one person."""
    return _page(request, _list(request, pk))


def _page(request: KeeperRequest, one: BroughtList, *, status: int = 200) -> HttpResponse:
    slug = request.register.slug
    if one.run is None:
        return redirect("recognition:bring_columns", slug, one.pk)
    standing = letters.standing_of(one) if one.run.state == RunState.APPLIED else {}
    rows, asked = _rows(request, one, standing)
    page = Paginator(rows, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "register": request.register,
        "list": one,
        "run": one.run,
        "page": page,
        "wrong": one.run.problems[:SHOWN],
        "more_wrong": max(0, len(one.run.problems) - SHOWN),
        "asked": asked,
        "columns": sorting(request, SORTS, asked["sort"]),
        "groups": _groups(one, _titles(request)),
        "letter": "B" if one.run.problems else "A",
        "is_open": one.is_open,
        "stands": _counts(standing),
        "to_write": list(standing.values()).count("not-asked"),
    }
    return render(request, "recognition/bringing/list.html", context, status=status)


def _counts(standing: Mapping[str, str]) -> list[tuple[str, str, int]]:
    """(key, label, people) for each way to stand to an entry that somebody does."""
    told = Counter(standing.values())
    return [(key, label, told[key]) for key, label in letters.STANDS.items() if told[key]]


def _groups(one: BroughtList, titles: dict[str, str]) -> list[tuple[int, dict[str, Any]]]:
    """Those that may be one person, with their states as people read them."""
    return [
        (place, {**group, "keeps": group["members"][0]["number"],
                 "others": sum(not each["here"] for each in group["members"][1:]), "members": [
            {**each, "title": titles.get(each["state"], each["state"]),
             "since": date.fromisoformat(each["admitted"]) if each["admitted"] else None}
            for each in group["members"]
        ]})
        for place, group in enumerate(one.groups)
    ]  # fmt: skip


def _titles(request: KeeperRequest) -> dict[str, str]:
    version = version_in_force(request.register.standard)
    award = version.standard.award if version else None
    return {one.key: one.title for one in award.states} if award else {}


def _rows(
    request: KeeperRequest, one: BroughtList, standing: Mapping[str, str]
) -> tuple[list[dict[str, Any]], dict[str, str]]:
    """What it adds, narrowed by words and by whose it is, and sorted."""
    assert one.run is not None
    words, sort = words_of(request), request.GET.get("sort", "")
    stands = request.GET.get("stands", "")
    stands = stands if stands in standing.values() else ""
    titles = _titles(request)
    rows = [
        {"number": each["key"], "row": each["row"], **{name: field["after"] for name, field in
         each["fields"].items()}}
        for each in one.run.changes("added")
    ]  # fmt: skip
    for row in rows:
        key = standing.get(row["number"], "")
        row["stands"], row["may_write"] = letters.STANDS.get(key, ""), key in TO_WRITE
        row["email"] = one.emails.get(row["number"], "")
        row["asks"] = comparing.asks_of_name(row["name"]) if one.is_open else ""
        row["title"] = titles.get(row["state"], row["state"])
        row["since"] = date.fromisoformat(row["admitted"])
        row["until"] = date.fromisoformat(row["ends"]) if row["ends"] else None
    if stands:
        rows = [row for row in rows if standing.get(row["number"]) == stands]
    if words:
        key = reading.folded(words)
        rows = [row for row in rows if key in reading.folded(f"{row['number']} {row['name']}")]
    if sort.removeprefix("-") in dict(SORTS):
        field = sort.removeprefix("-")
        rows.sort(key=lambda row: str(row[field]).casefold(), reverse=sort.startswith("-"))
    else:
        sort = ""
    return rows, {"words": words, "sort": sort, "stands": stands}


@require_safe
@keepers_only
def list_csv(request: KeeperRequest, pk: int) -> HttpResponse:
    header = ("Row", "Number", "Name", "To check", "Body", "State", "Admitted", "Until", "Changes",
              "With", "Whose it is")  # fmt: skip
    one = _previewed(request, pk)
    is_there = one.run is not None and one.run.state == RunState.APPLIED
    rows = (
        (row["row"], row["number"], row["name"], row["asks"], row["body"], row["title"],
         row["admitted"], row["ends"], len(row["history"]), row["with"], row["stands"])
        for row in _rows(request, one, letters.standing_of(one) if is_there else {})[0]
    )  # fmt: skip
    return csv_response("entries-of-the-list.csv", header, rows)


@require_safe
@keepers_only
def wrong_rows(request: KeeperRequest, pk: int) -> HttpResponse:
    """The rows that are wrong, made from the file while it is here."""
    from benchside.recognition.bringing import workbooks  # noqa: PLC0415 - slow to import

    one = get_object_or_404(_lists(request).exclude(file=""), pk=pk)
    book = comparing.book_of(one)
    problems = comparing.read_of(one).problems
    made = workbooks.wrong_rows(book, comparing.layouts_of(one, book), problems)
    return _workbook(made, "rows-to-correct.xlsx")


@require_safe
@keepers_only
def template_xlsx(request: KeeperRequest) -> HttpResponse:
    from benchside.recognition.bringing import workbooks  # noqa: PLC0415 - slow to import

    return _workbook(workbooks.template(), "register.xlsx")


def _workbook(data: bytes, name: str) -> HttpResponse:
    response = HttpResponse(data, content_type=XLSX)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@require_POST
@keepers_only
def apply(request: KeeperRequest, pk: int) -> HttpResponse:
    """Keep what was said of names that stand twice; then bring it in."""
    one, actor = _previewed(request, pk), Actor.of(request.user)
    here = reverse("recognition:bring_list", args=[request.register.slug, pk])
    try:
        said = [request.POST.get(f"group-{place}", "") for place in range(len(one.groups))]
        actions.say_who_is_one(actor=actor, one=one, answers=said)
        return redirect(actions.apply_list(actor=actor, one=one, then=here))
    except Refused as refused:
        messages.error(request, str(refused))
        one.refresh_from_db()
        return _page(request, one, status=422)


@require_POST
@keepers_only
def leave(request: KeeperRequest, pk: int) -> HttpResponse:
    one = _list(request, pk)
    if _tried(request, lambda: actions.leave_list(actor=Actor.of(request.user), one=one)):
        messages.success(request, f"{one.filename} is deleted here. Nothing was changed.")
    return redirect("recognition:bring", request.register.slug)


@require_http_methods(BOTH)
@keepers_only
def undo(request: KeeperRequest, pk: int) -> HttpResponse:
    """Say what goes with it, and ask; then take the whole list back."""
    one = _previewed(request, pk)
    back = redirect("recognition:bring_list", request.register.slug, pk)
    if request.method == "POST":
        if _tried(request, lambda: actions.undo_list(actor=Actor.of(request.user), one=one)):
            messages.success(
                request, "The whole list is taken back. Its numbers may be brought in again."
            )
        return back
    if one.run is None or one.run.state != RunState.APPLIED:
        return back
    if not _tried(request, lambda: writing.may_be_taken_back(one)):
        return back
    entries = sum(not each["fields"]["with"]["after"] for each in one.run.changes("added"))
    context = {
        "register": request.register,
        "list": one,
        "entries": entries,
        "numbers": one.run.count("added") - entries,
        "others": writing.standing_entries(request.register).count() - entries,
        "letters": list(letters.standing_of(one).values()).count("asked"),
    }
    return render(request, "recognition/bringing/undo.html", context)


def _tried(request: KeeperRequest, do: Callable[[], object]) -> bool:
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
        return False
    return True


def _lists(request: KeeperRequest) -> Any:
    found = BroughtList.objects.filter(register=request.register)
    return found.select_related("run", "watched", "register")


def _list(request: KeeperRequest, pk: int) -> BroughtList:
    found: BroughtList = get_object_or_404(_lists(request), pk=pk)
    return found


def _previewed(request: KeeperRequest, pk: int) -> BroughtList:
    """One that was compared."""
    found: BroughtList = get_object_or_404(_lists(request).filter(run__isnull=False), pk=pk)
    return found
