"""What was sent in, for its reviewer to read, and what they write of it."""

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
from benchside.assessment.models import Feedback, Seat, Submission
from benchside.assessment.reviewing import forms, queries, reading
from benchside.assessment.reviewing.naming import hides_holder
from benchside.assessment.reviewing.views import page
from benchside.assessment.reviewing.views.late import as_typed
from benchside.assessment.reviewing.views.seat import about, how_far, of_the_reviewer, while_open
from benchside.assessment.sendings import Changes
from benchside.core.actions import Actor, Refused
from benchside.core.registries import panels_at
from benchside.core.storage import MediaStorage

BEHIND = "New words came after you opened this page, so nothing is kept yet."
READ_ON = "Read them beside what you typed, then keep it again."
TO_READ = "Press “Keep what I have written” to read them beside what you typed."
READERS = (SeatState.ACCEPTED, SeatState.SUBMITTED)


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
    outdated = Changes(submission).outdated(said.values()) if may_write else {}
    fields = form.of if may_write else form.told
    parts = [
        {
            "area": part.area,
            "judges": bool(standard.review.grades)
            and any(one.criterion.judged for one in part.answers),
            "answers": [
                (one, fields(one.criterion) if one.criterion.judged else None)
                for one in part.answers
            ],
            "own": [one for one in own if one.area == part.area.key],
            "form": _feedback_form(seat, part.area.key, feedback_form),
        }
        for part in (sent.parts if sent else ())
    ]
    context = {
        **about(seat),
        "sent": sent,
        "parts": parts,
        "judges": bool(standard.review.grades),
        "may_write": may_write,
        "outdated": {key for key, one in said.items() if one.pk in outdated},
        "progress": (progress := _progress(seat)),
        "judged_words": how_far(*progress, len(outdated)),
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


@while_open
@require_POST
def judge(request: SignedInRequest, seat: Seat) -> HttpResponse:
    """Keep what is typed: of all questions, or of those the browser sends while one types. What is
    judged on words that others replaced meanwhile is shown beside the new ones first."""
    here = [one for one in judged(seat.submission) if f"reason-{one.key}" in request.POST]
    said = queries.own_judgements(seat)
    standard = seat.submission.version.standard
    form = forms.JudgeForm(request.POST, standard=standard, criteria=here, said=said)
    wrong, stands = "", request.POST.get("stands", "")
    if _is_behind(request, seat):
        is_typing = bool(request.headers.get("HX-Request"))
        wrong = f"{BEHIND} {TO_READ if is_typing else READ_ON}"
    elif form.is_valid():
        try:
            for one in here:
                _keep(request, seat, one.key, form.says(one), stands=one.key == stands)
        except Refused as refused:
            wrong = str(refused)
    else:
        wrong = " ".join(f"{form[name].label}: {each[0]}" for name, each in form.errors.items())
    if request.headers.get("HX-Request"):
        seen = {"wrong": wrong, "progress": _progress(seat), "now": timezone.now()}
        return render(request, "assessment/reviewing/kept.html", seen)
    if wrong:
        every = forms.JudgeForm(
            {**as_typed(seat), **request.POST.dict()},
            standard=standard, criteria=judged(seat.submission), said=said,
        )  # fmt: skip
        every.is_valid()
        every.add_error(None, wrong)
        return _read_page(request, seat, typed=every)
    messages.success(request, "Kept.")
    area = request.POST.get("area", "")
    known = {one.key for one in standard.areas}
    where = f"#area-{area}" if area in known else ""
    where = f"#c-{stands}" if stands in {one.key for one in here} else where
    return redirect(reverse("assessment:seat_read", args=[seat.pk]) + where)


def _is_behind(request: SignedInRequest, seat: Seat) -> bool:
    """Whether the words on their screen are not those that reviewers read now."""
    seen, sent = request.POST.get("seen", ""), Changes(seat.submission).sent
    return bool(seen and sent) and seen != sent[0].frozen.digest


def _keep(
    request: SignedInRequest, seat: Seat, key: str, says: dict[str, str], *, stands: bool
) -> None:
    """One judgement, when anything of it changed, or when it is said to stand as it is."""
    held = queries.own_judgements(seat).get(key)
    before = (held.grade, held.reason, held.private) if held else ("", "", "")
    if stands or before != (says["grade"], says["reason"], says["private"]):
        actions.save_judgement(actor=Actor.of(request.user), seat=seat, criterion=key, **says)


@while_open
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


@while_open
@require_POST
def drop(request: SignedInRequest, seat: Seat, number: int) -> HttpResponse:
    one = get_object_or_404(Feedback, seat=seat, pk=number)
    actions.drop_feedback(actor=Actor.of(request.user), feedback=one)
    messages.success(request, "Taken out.")
    return redirect(reverse("assessment:seat_read", args=[seat.pk]) + f"#area-{one.area}")


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
