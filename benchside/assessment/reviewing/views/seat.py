"""One seat: say yes or no, read what was sent, judge it, hand it in. Others' are not there."""

from collections.abc import Callable, Iterable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions
from benchside.assessment.content import judged
from benchside.assessment.enums import CommentKind, SeatState
from benchside.assessment.models import Feedback, Judgement, Seat, Submission
from benchside.assessment.panels import judgements_read_by
from benchside.assessment.reviewing import forms, queries, reading
from benchside.assessment.reviewing.naming import hides_holder, name_for_reviewers
from benchside.assessment.reviewing.views import page, signed_in
from benchside.assessment.reviewing.views.desk import how_soon
from benchside.core.actions import Actor, Refused
from benchside.core.registries import panels_at
from benchside.core.storage import MediaStorage

READERS = (SeatState.ACCEPTED, SeatState.SUBMITTED)
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


@of_the_reviewer()
@require_safe
def seat(request: SignedInRequest, seat: Seat) -> HttpResponse:
    return _seat_page(request, seat)


def _seat_page(request: HttpRequest, seat: Seat, **forms_: Any) -> HttpResponse:
    submission, said = seat.submission, queries.own_judgements(seat)
    standard = submission.version.standard
    wanted = judged(submission) if standard.review.grades else ()
    left = [one for one in wanted if one.key not in said or not said[one.key].grade]
    context = {
        **_about(seat),
        "done": len(wanted) - len(left),
        "total": len(wanted),
        "judged_words": f"{len(wanted) - len(left)} of {len(wanted)} judged",
        "left": left,
        "said": _in_words(seat, said.values()),
        "feedback": queries.own_feedback(seat),
        "others": _in_words(seat, _others(seat)),
        "rounds_left": standard.review.evidence_rounds - submission.evidence_rounds,
        "requests": submission.requests.all(),
        "accept": forms.AcceptForm(),
        "decline": forms.DeclineForm(),
        "more": forms.MoreForm(initial={"due_on": _usual_due()}),
        "hand_in": forms.HandInForm(initial={"summary": seat.summary}),
        **forms_,
    }
    return page(request, "seat", context, status=422 if forms_ else 200)


def _about(seat: Seat) -> dict[str, Any]:
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


def _usual_due() -> Any:
    return timezone.localdate() + timedelta(days=14)


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
        return _seat_page(request, seat, **{"accept" if is_yes else "decline": form})
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


# --- reading and judging -------------------------------------------------------------------------
@of_the_reviewer(*READERS)
@require_safe
def read(request: SignedInRequest, seat: Seat) -> HttpResponse:
    return _read_page(request, seat)


def _read_page(
    request: HttpRequest,
    seat: Seat,
    *,
    typed: forms.JudgeForm | None = None,
    feedback_form: forms.FeedbackForm | None = None,
) -> HttpResponse:
    submission, said = seat.submission, queries.own_judgements(seat)
    standard = submission.version.standard
    sent = reading.sent(submission, seat.user)
    form = typed or forms.JudgeForm(None, standard=standard, criteria=judged(submission), said=said)
    own = list(queries.own_feedback(seat))
    may_write = seat.state == SeatState.ACCEPTED
    about = form.of if may_write else form.told
    parts = [
        {
            "area": part.area,
            "judges": bool(standard.review.grades)
            and any(one.criterion.judged for one in part.answers),
            "answers": [
                (one, about(one.criterion) if one.criterion.judged else None)
                for one in part.answers
            ],
            "own": [one for one in own if one.area == part.area.key],
            "form": _feedback_form(seat, part.area.key, feedback_form),
        }
        for part in (sent.parts if sent else ())
    ]
    context = {
        **_about(seat),
        "sent": sent,
        "parts": parts,
        "judges": bool(standard.review.grades),
        "may_write": may_write,
        "progress": (progress := _progress(seat)),
        "judged_words": f"{progress[0]} of {progress[1]} judged",
        "panels": panels_of(submission),
        "form": typed or feedback_form,
    }
    status = 422 if typed or feedback_form else 200
    return page(request, "read", context, status=status)


def _feedback_form(seat: Seat, area: str, typed: forms.FeedbackForm | None) -> Any:
    standard = seat.submission.version.standard
    if seat.state != SeatState.ACCEPTED or not standard.review.comments:
        return None
    if typed is not None and typed.data.get("area") == area:
        return typed
    return forms.FeedbackForm(None, standard=standard, area=area)


def panels_of(submission: Submission) -> Any:
    """What other rooms show beside it; nothing where the holder is kept from reviewers."""
    return [] if hides_holder(submission) else panels_at("assessment.review", str(submission.key))


def _progress(seat: Seat) -> tuple[int, int]:
    total = len(judged(seat.submission))
    return seat.judgements.exclude(grade="").count(), total


@of_the_reviewer(SeatState.ACCEPTED)
@require_POST
def judge(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Keep what is typed: of all questions, or of those the browser sends while one types."""
    here = [one for one in judged(seat.submission) if f"reason-{one.key}" in request.POST]
    said = queries.own_judgements(seat)
    standard = seat.submission.version.standard
    form = forms.JudgeForm(request.POST, standard=standard, criteria=here, said=said)
    wrong = ""
    if form.is_valid():
        try:
            for one in here:
                _keep(request, seat, one.key, form.says(one))
        except Refused as refused:
            wrong = str(refused)
    else:
        wrong = " ".join(f"{form[name].label}: {each[0]}" for name, each in form.errors.items())
    if request.headers.get("HX-Request"):
        seen = {"wrong": wrong, "progress": _progress(seat), "now": timezone.now()}
        return render(request, "assessment/reviewing/kept.html", seen)
    if wrong:
        every = forms.JudgeForm(
            {**_as_typed(seat), **request.POST.dict()},
            standard=standard, criteria=judged(seat.submission), said=said,
        )  # fmt: skip
        every.is_valid()
        every.add_error(None, wrong)
        return _read_page(request, seat, typed=every)
    messages.success(request, "Kept.")
    area = request.POST.get("area", "")
    known = {one.key for one in standard.areas}
    where = f"#area-{area}" if area in known else ""
    return redirect(reverse("assessment:seat_read", args=[seat.pk]) + where)


def _keep(request: SignedInRequest, seat: Seat, key: str, says: dict[str, str]) -> None:
    """One judgement, when anything of it changed."""
    held = queries.own_judgements(seat).get(key)
    before = (held.grade, held.reason, held.private) if held else ("", "", "")
    if before != (says["grade"], says["reason"], says["private"]):
        actions.save_judgement(actor=Actor.of(request.user), seat=seat, criterion=key, **says)


def _as_typed(seat: Seat) -> dict[str, str]:
    """What is kept, as a form would send it."""
    return {
        f"{name}-{one.criterion}": getattr(one, name)
        for one in seat.judgements.all()
        for name in ("grade", "reason", "private")
    }


@of_the_reviewer(SeatState.ACCEPTED)
@require_POST
def feedback(request: SignedInRequest, seat: Seat) -> HttpResponse:
    standard, area = seat.submission.version.standard, request.POST.get("area", "")
    if area not in {one.key for one in standard.areas} or not standard.review.comments:
        raise Http404
    form = forms.FeedbackForm(request.POST, standard=standard, area=area)
    if not form.is_valid():
        return _read_page(request, seat, feedback_form=form)
    kept = form.cleaned_data
    actions.add_feedback(
        actor=Actor.of(request.user), seat=seat, kind=CommentKind(kept["kind"]),
        text=kept["text"], area=area,
    )  # fmt: skip
    messages.success(request, "Added. The holder reads it once it is released.")
    return redirect(reverse("assessment:seat_read", args=[seat.pk]) + f"#area-{area}")


@of_the_reviewer(SeatState.ACCEPTED)
@require_POST
def drop(request: SignedInRequest, seat: Seat, number: int) -> HttpResponse:
    one = get_object_or_404(Feedback, seat=seat, pk=number)
    actions.drop_feedback(actor=Actor.of(request.user), feedback=one)
    messages.success(request, "Taken out.")
    return redirect(reverse("assessment:seat_read", args=[seat.pk]) + f"#area-{one.area}")


@of_the_reviewer(SeatState.ACCEPTED)
@require_POST
def more(request: SignedInRequest, seat: Seat) -> HttpResponse:
    form = forms.MoreForm(request.POST)
    if form.is_valid():
        try:
            actions.ask_for_more(actor=Actor.of(request.user), seat=seat, **form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is asked for. You are told when it has come.")
            return redirect("assessment:seat", seat.pk)
    return _seat_page(request, seat, more=form)


@of_the_reviewer(SeatState.ACCEPTED)
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
    return _seat_page(request, seat, hand_in=form)


@of_the_reviewer(*READERS)
@require_safe
def evidence(request: SignedInRequest, seat: Seat, number: int) -> HttpResponseBase:
    return handed_out(seat.submission, number)


def handed_out(submission: Submission, number: int) -> HttpResponseBase:
    """A file as it was sent in: always to be kept, never opened within the site."""
    found = reading.file_of(submission, number)
    if found is None or not MediaStorage().exists(found.file):
        raise Http404
    response = FileResponse(
        MediaStorage().open(found.file), content_type="application/octet-stream"
    )
    response["Content-Disposition"] = content_disposition_header(True, found.file_name) or ""
    response["X-Content-Type-Options"] = "nosniff"
    return response
