"""Who has declared a year's CPD, who has not, and who said no."""

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.cpd import declaring, queries
from benchside.recognition.cpd.views import A_PAGE, DeskRequest, for_registrars, shared
from benchside.recognition.models import AnnualDeclaration, EarlierDeclaration

COLUMNS = [("name", "Name"), ("number", "Number"), ("made", "Declared")]
WHAT = [
    ("missing", "Not declared"),
    ("made", "Declared"),
    ("late", "Late"),
    ("no", "Said no"),
    ("corrected", "Corrected"),
]


@require_safe
@for_registrars
def declarations(request: DeskRequest) -> HttpResponse:
    year, asked = _year(request), _asked(request)
    found = queries.declarations(request.here, year, **asked)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rule = request.here.rules.cpd_on(timezone.localdate())
    context = {
        **shared(request),
        "page": page,
        "rows": queries.said_by(list(page), year),
        "year": year,
        "years": _years(),
        "due": declaring.due_on(year, rule.declare_by) if rule else None,
        "before": [str(one) for one in rule.declare_letters if one > 0] if rule else [],
        "after": [str(-one) for one in rule.declare_letters if one < 0] if rule else [],
        "asked": asked,
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "whats": WHAT,
        "kept": request.GET.urlencode(),
    }
    return render(request, "recognition/cpd/declarations.html", context)


def _years() -> list[int]:
    this = timezone.localdate().year
    return [this + 1, this, this - 1, this - 2, this - 3]


def _year(request: DeskRequest) -> int:
    """The year that was asked for, else the newest one that is open to declare."""
    asked = request.GET.get("year", "")
    if asked in {str(one) for one in _years()}:
        return int(asked)
    today = timezone.localdate()
    rule = request.here.rules.cpd_on(today)
    opens = declaring.opens_on(declaring.due_on(today.year, rule.declare_by)) if rule else today
    return today.year if opens <= today else today.year - 1


def _asked(request: DeskRequest) -> dict[str, str]:
    what, sort = request.GET.get("what", ""), request.GET.get("sort", "name")
    return {
        "words": words_of(request),
        "what": what if what in dict(WHAT) else "",
        "sort": sort if sort.removeprefix("-") in queries.DECLARED_SORTS else "name",
    }


@require_safe
@for_registrars
def declarations_csv(request: DeskRequest) -> HttpResponse:
    year = _year(request)
    found = list(queries.declarations(request.here, year, **_asked(request)))
    rows = (
        (entry.award.number, entry.name, entry.body.name, entry.award.state, *_cells(said))
        for entry, said in queries.said_by(found, year)
    )
    header = (
        "Number", "Name", "Body", "State", "Declared", "Late", "CPD kept", "Code kept",
        "Career break", "Words", "Corrected", "Said before",
    )  # fmt: skip
    return csv_response("declarations.csv", header, rows)


def _cells(said: AnnualDeclaration | None) -> tuple[str, ...]:
    if said is None:
        return ("",) * 8
    answers = (said.is_late, said.is_kept, said.is_conduct_kept, said.had_break)
    day = timezone.localdate(said.made_at).isoformat()
    corrected = timezone.localdate(said.corrected_at).isoformat() if said.corrected_at else ""
    before = " / ".join(_before(one) for one in said.earlier.all())
    answered = ("yes" if one else "no" for one in answers)
    return (day, *answered, said.words, corrected, before)


def _before(one: EarlierDeclaration) -> str:
    """An earlier wording on one line of a cell."""
    yes_no = ("no", "yes")
    told = f"CPD {yes_no[one.is_kept]}, code {yes_no[one.is_conduct_kept]}"
    told += ", with a break" if one.had_break else ""
    return f"{timezone.localdate(one.said_at).isoformat()}: {told}. {one.words}".strip()
