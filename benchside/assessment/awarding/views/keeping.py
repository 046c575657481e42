"""The desk of those who keep awards; to everybody else there is nothing here."""

from collections.abc import Callable, Iterable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benchside.accounts.models import User
from benchside.assessment import queries as engine
from benchside.assessment import rules
from benchside.assessment.actions import answer_challenge, move_award
from benchside.assessment.awarding import offers, queries
from benchside.assessment.awarding.forms import AnswerForm, MoveForm
from benchside.assessment.awarding.queries import SORTS
from benchside.assessment.models import Award, StandardVersion
from benchside.assessment.standards import AwardMove
from benchside.assessment.standards.shapes import in_words
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of

A_PAGE = 50
COLUMNS = [("number", "Number"), ("holder", "Holder"), ("state", "State"), ("ends", "Ends")]
P = ParamSpec("P")


class KeeperRequest(HttpRequest):
    """`kept`: the keys of the standards whose awards they keep."""

    user: User
    kept: list[str]


Inner = Callable[Concatenate[KeeperRequest, P], HttpResponse]


def keepers_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    """Sign-in, then 404 for whoever keeps no awards."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: KeeperRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        request.kept = queries.standards_kept(request.user)
        if not request.kept:
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@require_safe
@keepers_only
def awards(request: KeeperRequest) -> HttpResponse:
    versions = _versions(request.kept)
    found, asked = _asked(request, versions)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, *_said(one)) for one in page],
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "standards": [(one.key, one.title) for one in versions],
        "states": _states(versions),
        "asked": asked,
        "kept": request.GET.urlencode(),
        "waiting": queries.challenges_kept(request.user).filter(state="open").count(),
    }
    return render(request, "assessment/awarding/awards.html", context)


@require_safe
@keepers_only
def awards_csv(request: KeeperRequest) -> HttpResponse:
    header = (
        "Number", "Standard", "Version", "Holder", "Level", "State", "From", "Until",
    )  # fmt: skip
    rows = (
        (one.number, one.version.title, one.version.version, *_said(one)[:1],
         queries.level_of(one), _said(one)[1], one.period_start, one.period_end or "")
        for one in _asked(request, _versions(request.kept))[0]
    )  # fmt: skip
    return csv_response("awards.csv", header, rows)


def _said(award: Award) -> tuple[str, str]:
    return queries.holder_of(award), queries.state_of(award).title


def _asked(
    request: KeeperRequest, versions: list[StandardVersion]
) -> tuple[QuerySet[Award], dict[str, str]]:
    given = request.GET
    sort = given.get("sort", "number")
    asked = {
        "words": words_of(request),
        "state": _among(given.get("state", ""), dict(_states(versions))),
        "standard": _among(given.get("standard", ""), request.kept),
        "sort": sort if sort.removeprefix("-") in SORTS else "number",
    }
    return queries.awards_kept(request.user, **asked), asked


def _among(value: str, known: Iterable[str]) -> str:
    return value if value in known else ""


def _versions(kept: list[str]) -> list[StandardVersion]:
    """The newest version of each standard."""
    newest: dict[str, StandardVersion] = {}
    for one in StandardVersion.objects.filter(key__in=kept).order_by("valid_from", "version"):
        newest[one.key] = one
    return [newest[key] for key in kept]


def _states(versions: list[StandardVersion]) -> list[tuple[str, str]]:
    found: dict[str, str] = {}
    for version in versions:
        for one in version.standard.award.states if version.standard.award else ():
            found.setdefault(one.key, one.title)
    return list(found.items())


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def award(request: KeeperRequest, number: str) -> HttpResponse:
    """One award: what happened to it, whether its chain holds, what may be done."""
    found = get_object_or_404(queries.awards_kept(request.user), number=number)
    actor = Actor.of(request.user)
    desk_url = offers.desk_url_of(found)
    steps = [
        one
        for one in queries.rules_of(found).moves
        if not desk_url and found.state in one.source and rules.may_move(actor, found, one)
    ]
    if request.method != "POST":
        return _award(request, found, steps)
    step = next((one for one in steps if one.verb == request.POST.get("verb", "")), None)
    if step is None:
        messages.error(request, "Nothing was done: press one of the buttons.")
        return redirect("assessment:kept_award", number)
    form = MoveForm(request.POST, step=step)
    if form.is_valid():
        try:
            move_award(actor=actor, award=found, verb=step.verb, **_given(form))
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{number}: {queries.state_of(found).title.lower()}.")
            return redirect("assessment:kept_award", number)
    return _award(request, found, steps, tried=(step.verb, form), status=422)


def _given(form: MoveForm) -> dict[str, Any]:
    cleaned = form.cleaned_data
    return {
        "reason": cleaned.get("reason", ""),
        "effective_on": cleaned["effective_on"],
        "confirmed": form.confirmed(),
    }


def _award(
    request: KeeperRequest,
    found: Award,
    steps: list[AwardMove],
    *,
    tried: tuple[str, MoveForm] | None = None,
    status: int = 200,
) -> HttpResponse:
    states = {one.key: one.title for one in queries.rules_of(found).states}
    forms = [
        (
            one,
            states[one.target],
            tried[1] if tried and tried[0] == one.verb else MoveForm(step=one),
        )
        for one in steps
    ]
    home = offers.home_of(found.version.key)
    context = {
        "award": found,
        "holder": queries.holder_of(found),
        "level": queries.level_of(found),
        "state": queries.state_of(found),
        "events": [
            (one, in_words(one.verb), states.get(one.target, one.target))
            for one in found.events.all()
        ],
        "faults": list(engine.faults_of(found)),
        "forms": forms,
        "tried": tried[0] if tried else "",
        "form": tried[1] if tried else None,
        "challenges": queries.challenges_kept(request.user).filter(award=found),
        "public_url": home.url(found) if home else "",
        "desk_url": offers.desk_url_of(found),
    }
    return render(request, "assessment/awarding/award.html", context, status=status)


@require_safe
@keepers_only
def challenges(request: KeeperRequest) -> HttpResponse:
    found = queries.challenges_kept(request.user)
    page = Paginator(found, A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, queries.holder_of(one.award)) for one in page]
    return render(request, "assessment/awarding/challenges.html", {"page": page, "rows": rows})


@require_http_methods(["GET", "HEAD", "POST"])
@keepers_only
def challenge(request: KeeperRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(queries.challenges_kept(request.user), pk=pk)
    form = AnswerForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = 422
        if form.is_valid():
            try:
                answer_challenge(
                    actor=Actor.of(request.user),
                    challenge=found,
                    answer=form.cleaned_data["answer"],
                )
            except Refused as refused:
                form.add_error(None, str(refused))
            else:
                messages.success(request, "Answered. Is the award to change? Do it on its page.")
                return redirect("assessment:kept_challenges")
    context = {"challenge": found, "form": form, "holder": queries.holder_of(found.award)}
    return render(request, "assessment/awarding/answer.html", context, status=status)
