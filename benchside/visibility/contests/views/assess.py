"""The judge's desk: say whom you know, look, give points, hand in. Blind throughout.

Nothing on these pages says whose an entry is: no school, no code, no sender. A competition that
somebody does not judge is not there for them.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from benchside.accounts.models import User
from benchside.accounts.views import SignedInRequest
from benchside.core.actions import Actor, Refused
from benchside.visibility.contests import actions, queries
from benchside.visibility.contests.enums import CompetitionState, JudgeState
from benchside.visibility.contests.forms import DeclareForm, ScoreForm
from benchside.visibility.models import Entry, Judge

View = Callable[..., HttpResponse]


@login_required
@never_cache
@require_safe
def competitions(request: SignedInRequest) -> HttpResponse:
    context = {"judging": queries.judging_of(request.user)}
    return render(request, "visibility/assess/competitions.html", context)


def for_the_judge(view: View) -> View:
    """Give the view the judge who is signed in; 404 for everybody else."""

    @login_required
    @never_cache
    @wraps(view)
    def found(request: HttpRequest, slug: str, **blanks: Any) -> HttpResponse:
        judge = queries.judging_of(cast(User, request.user)).filter(competition__slug=slug).first()
        if judge is None:
            raise Http404
        return view(request, judge, **blanks)

    return found


@for_the_judge
@require_safe
def competition(request: SignedInRequest, judge: Judge) -> HttpResponse:
    """The entries before this judge, and how far they have come."""
    if judge.state == JudgeState.ACCEPTED:
        return redirect("visibility:assess_declare", judge.competition.slug)
    entries = list(_before(judge))
    given = queries.points_of(judge)
    lines = judge.competition.criteria.count()
    rows = [
        (one, sum(given.get(one.pk, {}).values()), len(given.get(one.pk, {})) == lines)
        for one in entries
    ]
    context: dict[str, Any] = {
        "rows": rows,
        "of": f"/{len(rows)}",
        "done": sum(is_done for _, _, is_done in rows),
        "next": next((one for one, _, is_done in rows if not is_done), None),
        "most": sum(judge.competition.criteria.values_list("most", flat=True)),
        "barred": len(queries.barred_from(judge)),
        "is_judging": _is_judging(judge),
    }
    return _page(request, "competition", judge, **context)


@for_the_judge
@require_http_methods(["GET", "HEAD", "POST"])
def declare(request: SignedInRequest, judge: Judge) -> HttpResponse:
    """Before anything is shown: whom do you know?"""
    said = [one.place for one in judge.conflicts.all() if one.place and not one.is_found]
    form = DeclareForm(request.POST or None, initial={"places": "\n".join(said)})
    if request.method == "POST" and form.is_valid():
        try:
            actions.declare(actor=Actor.of(request.user), judge=judge, places=form.names())
        except Refused as refused:
            form.add_error("places", str(refused))
        else:
            messages.success(request, "Thank you. Entries from these places are kept from you.")
            return redirect("visibility:assess_competition", judge.competition.slug)
    found = [one.place for one in judge.conflicts.all() if one.is_found]
    status = 422 if form.errors else 200
    return _page(request, "declare", judge, status, form=form, found=found)


@for_the_judge
@require_http_methods(["GET", "HEAD", "POST"])
def entry(request: SignedInRequest, judge: Judge, number: int) -> HttpResponse:
    """One entry, and points for it; then on to the next without any."""
    slug = judge.competition.slug
    one = _before(judge).filter(number=number).first()
    if one is None:
        raise Http404
    criteria = list(judge.competition.criteria.all())
    given = queries.points_of(judge).get(one.pk, {})
    initial = {f"points-{pk}": points for pk, points in given.items()}
    form = ScoreForm(request.POST or None, criteria=criteria, initial=initial)
    if request.method == "POST" and request.POST.get("verb") == "recognise":
        return _recognise(request, judge, one)
    if request.method == "POST" and form.is_valid():
        try:
            actions.give_scores(
                actor=Actor.of(request.user), judge=judge, entry=one, points=form.points()
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            following = queries.unjudged(judge)
            messages.success(request, f"Kept: entry {number}.")
            if following:
                return redirect("visibility:assess_entry", slug, _after(number, following))
            return redirect("visibility:assess_competition", slug)
    numbers = list(_before(judge).values_list("number", flat=True))
    place = numbers.index(number)
    context = {
        "entry": one,
        "form": form,
        "place": place + 1,
        "of": len(numbers),
        "previous": numbers[place - 1] if place else None,
        "following": numbers[place + 1] if place + 1 < len(numbers) else None,
        "is_judging": _is_judging(judge),
    }
    return _page(request, "entry", judge, 422 if form.errors else 200, **context)


@for_the_judge
@require_POST
def hand_in(request: SignedInRequest, judge: Judge) -> HttpResponse:
    try:
        actions.submit(actor=Actor.of(request.user), judge=judge)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Handed in. Thank you. Your points stand now.")
    return redirect("visibility:assess_competition", judge.competition.slug)


@for_the_judge
@require_safe
def meeting(request: SignedInRequest, judge: Judge) -> HttpResponse:
    """What all judges gave, once all have handed in: still blind, and without their names. What a
    judge is barred from stays away from them here too."""
    at = judge.competition.state
    if at not in (CompetitionState.MEETING, CompetitionState.DECIDED):
        raise Http404
    if judge.state != JudgeState.SUBMITTED:
        raise Http404
    table = queries.meeting_table(judge.competition)
    barred = queries.barred_from(judge)
    lines = [line for line in table.lines if line.entry.pk not in barred]
    return _page(request, "meeting", judge, table=table, lines=lines)


def _recognise(request: SignedInRequest, judge: Judge, one: Entry) -> HttpResponse:
    try:
        actions.recognise(actor=Actor.of(request.user), judge=judge, entry=one)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"Entry {one.number} is kept from you. Thank you for saying so.")
    return redirect("visibility:assess_competition", judge.competition.slug)


def _before(judge: Judge) -> Any:
    return queries.entries_before(judge).select_related(
        "category", "age_group", "photo__picture", "photo__role"
    )


def _after(number: int, entries: list[Entry]) -> int:
    """The next one in order that waits, from this one on."""
    return next((one.number for one in entries if one.number > number), entries[0].number)


def _is_judging(judge: Judge) -> bool:
    return (
        judge.state == JudgeState.DECLARED and judge.competition.state == CompetitionState.JUDGING
    )


def _page(
    request: HttpRequest, name: str, judge: Judge, status: int = 200, **more: Any
) -> HttpResponse:
    context = {"judge": judge, "competition": judge.competition, **more}
    return render(request, f"visibility/assess/{name}.html", context, status=status)
