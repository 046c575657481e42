"""One seat: say yes or no, ask for more, hand it in. Others' are not there."""

from collections.abc import Callable, Collection, Iterable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions
from benchside.assessment.content import asked, judged
from benchside.assessment.enums import SeatState
from benchside.assessment.models import Judgement, Seat, Submission
from benchside.assessment.panels import judgements_read_by
from benchside.assessment.reviewing import forms, queries
from benchside.assessment.reviewing.naming import name_for_reviewers
from benchside.assessment.reviewing.views import page, signed_in
from benchside.assessment.reviewing.views.desk import how_soon
from benchside.assessment.reviewing.views.late import not_kept
from benchside.assessment.sendings import Changes
from benchside.assessment.standards import Criterion
from benchside.core.actions import Actor, Refused

ONCE_OPEN = (SeatState.ACCEPTED, SeatState.SUBMITTED, SeatState.DECLINED, SeatState.STOOD_DOWN)
LATE = "This review is handed in, or over, already. Copy what you typed if you need it."
View = Callable[..., HttpResponseBase]


def of_the_reviewer(*states: str) -> Callable[[View], View]:
    """Give the view a seat of whoever is signed in, in one of these states; else 404."""

    def wrapped(view: View) -> View:
        @wraps(view)
        def found(request: SignedInRequest, pk: int, **blanks: Any) -> HttpResponseBase:
            seat = queries.seat_of(request.user, pk)
            if seat is None or (states and seat.state not in states):
                raise Http404
            return view(request, seat, **blanks)

        return signed_in(found)  # type: ignore[arg-type]

    return wrapped


def while_open(view: View) -> View:
    """Give the view a seat of theirs that is open for writing. Where it was handed in or ended
    meanwhile, in another window say, what they typed stands on its page to be copied."""

    @of_the_reviewer(*ONCE_OPEN)
    @wraps(view)
    def checked(request: SignedInRequest, seat: Seat, **blanks: Any) -> HttpResponseBase:
        if seat.state == SeatState.ACCEPTED or request.method != "POST":
            return view(request, seat, **blanks)
        if request.headers.get("HX-Request"):
            return render(request, "assessment/reviewing/kept.html", {"wrong": LATE})
        return _seat_page(request, seat, status=409, typed=not_kept(request.POST, seat))

    return checked


@of_the_reviewer()
@require_safe
def seat(request: SignedInRequest, seat: Seat) -> HttpResponse:
    return _seat_page(request, seat)


def _seat_page(request: HttpRequest, seat: Seat, *, status: int = 200, **more: Any) -> HttpResponse:
    submission, said = seat.submission, queries.own_judgements(seat)
    standard = submission.version.standard
    wanted = judged(submission) if standard.review.grades else ()
    left = [one for one in wanted if one.key not in said or not said[one.key].grade]
    changes = Changes(submission)
    outdated = changes.outdated(said.values()) if seat.state == SeatState.ACCEPTED else {}
    context = {
        **about(seat),
        "done": len(wanted) - len(left),
        "total": len(wanted),
        "judged_words": how_far(len(wanted) - len(left), len(wanted), len(outdated)),
        "left": left,
        "outdated": [
            (one.key, one.title, outdated[said[one.key].pk])
            for one in wanted
            if one.key in said and said[one.key].pk in outdated
        ],
        "said": _in_words(seat, said.values()),
        "feedback": queries.own_feedback(seat),
        "others": _in_words(seat, _others(seat)),
        "rounds_left": standard.review.evidence_rounds - submission.evidence_rounds,
        "own_requests": [
            (one, _changed(submission, changes.since(one.asked_at)) if one.answered_at else [])
            for one in submission.requests.filter(seat=seat)  # another's would tell their view
        ],
        "accept": forms.AcceptForm(),
        "decline": forms.DeclineForm(),
        "more": _more_form(seat),
        "hand_in": forms.HandInForm(initial={"summary": seat.summary}),
        **more,
    }
    return page(request, "seat", context, status=status)


def how_far(done: int, total: int, outdated: int) -> str:
    return f"{done} of {total} judged{f', {outdated} to confirm' if outdated else ''}"


def _more_form(seat: Seat, data: QueryDict | None = None) -> forms.MoreForm:
    submission = seat.submission
    return forms.MoreForm(data, standard=submission.version.standard, criteria=judged(submission))


def _changed(submission: Submission, keys: Collection[str]) -> list[Criterion]:
    return [one for one in asked(submission) if one.key in keys]


def about(seat: Seat) -> dict[str, Any]:
    submission = seat.submission
    return {
        "seat": seat,
        "submission": submission,
        "standard": submission.version.standard,
        "holder": name_for_reviewers(submission),
        "how_soon": how_soon(seat.due_on) if seat.state in queries.OPEN else "",
        "level": next(
            (one.title for one in submission.version.standard.levels
             if one.key == submission.level), ""),
    }  # fmt: skip


def _in_words(seat: Seat, found: Iterable[Judgement]) -> list[tuple[str, str, Judgement]]:
    """(question, judgement as it is called, the record), in the order of the standard."""
    standard = seat.submission.version.standard
    grades = {one.key: one.title for one in standard.review.grades}
    order = {one.key: (n, one.title) for n, one in enumerate(judged(seat.submission))}
    known = [each for each in found if each.criterion in order]
    known.sort(key=lambda each: (order[each.criterion][0], each.seat_id))
    return [
        (order[each.criterion][1], grades.get(each.grade, "not judged"), each) for each in known
    ]


def _others(seat: Seat) -> list[Judgement]:
    """What the others say, once one's own is handed in and theirs is too."""
    if seat.state != SeatState.SUBMITTED:
        return []
    found = judgements_read_by(seat.user, seat.submission, may_decide=False)
    return [one for one in found if one.seat_id != seat.pk]


@of_the_reviewer()
@require_POST
def answer(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Yes, with the word that there is no interest; or no."""
    actor = Actor.of(request.user)
    is_yes = request.POST.get("say") == "yes"
    form: Any = forms.AcceptForm(request.POST) if is_yes else forms.DeclineForm(request.POST)
    if not form.is_valid():
        return _seat_page(request, seat, status=422, **{"accept" if is_yes else "decline": form})
    try:
        if is_yes:
            actions.accept_seat(actor=actor, seat=seat, no_conflict=True)
        else:
            actions.decline_seat(actor=actor, seat=seat, interest=form.cleaned_data["interest"])
    except Refused as refused:
        messages.error(request, str(refused))
        return redirect("assessment:seat", seat.pk)
    if is_yes:
        messages.success(request, "Thank you. Here is what was sent in.")
        return redirect("assessment:seat_read", seat.pk)
    messages.success(request, "Thank you for saying so. Somebody else is asked.")
    return redirect("assessment:desk")


@while_open
@require_POST
def more(request: SignedInRequest, seat: Seat) -> HttpResponse:
    form = _more_form(seat, request.POST)
    if form.is_valid():
        try:
            actions.ask_for_more(actor=Actor.of(request.user), seat=seat, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is asked for. You are told when it has come.")
            return redirect("assessment:seat", seat.pk)
    return _seat_page(request, seat, status=422, more=form)


@while_open
@require_POST
def hand_in(request: SignedInRequest, seat: Seat) -> HttpResponse:
    form = forms.HandInForm(request.POST)
    if form.is_valid():
        try:
            actions.submit_review(actor=Actor.of(request.user), seat=seat, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Handed in. Thank you.")
            return redirect("assessment:seat", seat.pk)
    return _seat_page(request, seat, status=422, hand_in=form)
