"""One submission, for those who run its standard: check, return, give seats, follow."""

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from functools import partial, wraps
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.models import User
from benchside.accounts.views import SignedInRequest
from benchside.assessment import actions, rules
from benchside.assessment.barriers import barred
from benchside.assessment.content import judged
from benchside.assessment.enums import SeatState, SubmissionState
from benchside.assessment.models import Decision, Feedback, Judgement, Seat, Submission
from benchside.assessment.panels import (
    disagreement_of,
    free_seats,
    judgements_read_by,
    outcome_of,
)
from benchside.assessment.reviewing import dealing, forms, queries, reading
from benchside.assessment.reviewing.naming import hides_reviewers, name_of
from benchside.assessment.reviewing.views import case_or_404, page, signed_in
from benchside.assessment.reviewing.views.desk import how_soon
from benchside.assessment.reviewing.views.judging import handed_out, panels_of
from benchside.assessment.sendings import Changes
from benchside.assessment.states import SEATS, SUBMISSIONS
from benchside.assessment.timing import spent
from benchside.core.actions import Actor, Refused
from benchside.core.registries import panels_at

View = Callable[..., HttpResponseBase]


def of_a_runner(view: View) -> View:
    """Give the view a submission under a standard that whoever is signed in runs; else 404."""

    @wraps(view)
    def found(request: SignedInRequest, key: UUID, **blanks: Any) -> HttpResponseBase:
        return view(request, case_or_404(request.user, key), **blanks)

    return signed_in(found)  # type: ignore[arg-type]


@of_a_runner
@require_safe
def case(request: SignedInRequest, one: Submission) -> HttpResponse:
    return case_page(request, one)


def case_page(request: HttpRequest, one: Submission, **typed: Any) -> HttpResponse:
    """The whole of it; `typed` are forms to be shown with what is wrong in them."""
    assert isinstance(request.user, User)
    actor = Actor.of(request.user)
    standard = one.version.standard
    decisions = list(one.decisions.prefetch_related("appeals"))
    verbs = SUBMISSIONS.verbs(actor, one)
    context = {
        "submission": one,
        "standard": standard,
        "holder": name_of(one),
        "hides_reviewers": hides_reviewers(one),
        "spells": spent(one),
        "seats": _seats(actor, one),
        "decisions": decisions,
        "assigns": rules.can_assign(actor, one),
        "returns": one.returns.all(),
        "requests": one.requests.all(),
        "level": next((lv.title for lv in standard.levels if lv.key == one.level), ""),
        "panels": panels_at("assessment.case", str(one.key)),
        **_reviews(request.user, one),
        **_forms(request.user, one, verbs),
        **_deciding(actor, verbs, decisions),
        **typed,
        "wrong": next(iter(typed.values()), None),
    }
    return page(request, "case", context, status=422 if typed else 200)


def _seats(actor: Actor, one: Submission) -> list[dict[str, Any]]:
    """Each with how far it is, how soon it is due, and what may be done to it."""
    return [
        {
            "seat": seat,
            "judged": sum(bool(each.grade) for each in seat.judgements.all()),
            "soon": how_soon(seat.due_on) if seat.state in queries.OPEN else "",
            "verbs": [verb for verb in SEATS.verbs(actor, _of(seat, one)) if _fits(verb, one)],
            "is_open": seat.state in queries.OPEN,
            "form": forms.DueForm(initial={"due_on": seat.due_on}, auto_id=f"id_{seat.pk}_%s"),
        }
        for seat in one.seats.all()
    ]


def _of(seat: Seat, one: Submission) -> Seat:
    """The seat, with the submission that was read already."""
    seat.submission = one
    return seat


def _fits(verb: str, one: Submission) -> bool:
    """Whether a verb of a seat makes sense while the submission is where it is."""
    if verb == "stand-down":
        return one.state in {SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW,
                             SubmissionState.MORE_ASKED}  # fmt: skip
    if one.released_at:  # the holder has read it
        return False
    return verb == "reopen" and one.state in {SubmissionState.IN_REVIEW, SubmissionState.REVIEWED}


STILL_READING = (SubmissionState.SUBMITTED, SubmissionState.IN_REVIEW, SubmissionState.MORE_ASKED)


def _reviews(user: User, one: Submission) -> dict[str, Any]:
    """What is handed in, question by question: what this person may read of it."""
    standard = one.version.standard
    may = rules.can_decide(Actor.of(user), one)
    read = judgements_read_by(user, one, may_decide=may)
    by = {(each.criterion, each.seat_id): each for each in read}
    done = [seat for seat in queries.standing_seats(one) if seat.state == SeatState.SUBMITTED]
    titles = {grade.key: grade.title for grade in standard.review.grades}
    differ = disagreement_of(one) if done else ()

    all_in = read and one.state not in STILL_READING
    comes_to = outcome_of(one) if all_in and standard.decision.rule != "none" else None

    outdated = Changes(one).outdated(read)

    def told(each: Judgement | None) -> tuple[str, Judgement | None]:
        return (titles.get(each.grade, "") if each else "", each)

    return {
        "done": done,
        "table": [
            (criterion, criterion.key in differ,
             [told(by.get((criterion.key, seat.pk))) for seat in done])
            for criterion in judged(one)
        ] if read else [],
        "differ": differ,
        "outdated": outdated,
        "comes_to": comes_to,
        "reached": next(
            (lv.title for lv in standard.levels if comes_to and lv.key == comes_to.level), ""
        ),
        "feedback": _readable_feedback(user, one) if may else [],
    }  # fmt: skip


def _readable_feedback(user: User, one: Submission) -> list[Feedback]:
    """What reviewers wrote for the holder. An officer who sits here too reads their own alone
    until it is in."""
    found = one.feedback.select_related("seat__user")
    own = next((seat for seat in one.seats.all() if seat.user_id == user.pk), None)
    if own is not None and own.state in queries.OPEN:
        found = found.filter(seat=own)
    return list(found)


def _forms(user: User, one: Submission, verbs: list[str]) -> dict[str, Any]:
    """The forms for what may be done now; those for what may not are not there."""
    actor = Actor.of(user)
    found: dict[str, Any] = {}
    standard = one.version.standard
    if "return" in verbs:
        found["return_form"] = forms.ReturnForm()
    if "go-on" in verbs and (asked := one.requests.open().order_by("due_on").last()):
        found |= {"silent": asked, "silent_is_over": asked.due_on < timezone.localdate()}
    free = free_seats(one) if rules.can_assign(actor, one) else []
    if free:
        found |= {"free": free, "give_waits": barred(one, "assign", actor)}
    if free and not found["give_waits"]:
        found |= _giving(user, one, free)
    waiting = list(one.feedback.filter(released_at__isnull=True).select_related("seat__user"))
    may_release = rules.can_assign(actor, one) and one.state in RELEASABLE
    ends_so = not standard.decides and one.released_at is None
    if may_release and (waiting or ends_so):
        found |= {"may_release": True, "wording_form": forms.WordingForm(None, found=waiting)}
    if "recommend" in verbs and standard.decides:
        found["recommend_form"] = forms.RecommendForm(None, standard=standard, level=one.level)
        found["recommend_waits"] = barred(one, "recommend", actor)
    return found


def _deciding(actor: Actor, verbs: list[str], decisions: list[Decision]) -> dict[str, Any]:
    """Ratifying and hearing, each offered only to whoever may; why not, to the others who have
    the duty."""
    found: dict[str, Any] = {
        "last_appeal": next((each for made in decisions for each in made.appeals.all()), None)
    }
    if "approve" in verbs:
        found["ratify_waits"] = actions.why_not(actor=actor, decision=decisions[0], verb="ratify")
        found["may_ratify"] = not found["ratify_waits"]
        if not actions.why_not(actor=actor, decision=decisions[0], verb="send-back"):
            found["why_form"] = forms.WhyForm()
    if "uphold" in verbs:
        found["hear_waits"] = actions.why_not(actor=actor, decision=decisions[0], verb="hear")
        if not found["hear_waits"]:
            found["answer_form"] = forms.AnswerForm()
    return found


RELEASABLE = actions.RELEASABLE


def _giving(user: User, one: Submission, free: list[int]) -> dict[str, Any]:
    found = dealing.candidates(one, queries.reviewers(user, standard=one.version.key))
    return {
        "candidates": found,
        "give_form": _give_form(None, one, free, found),
    }


def _give_form(
    data: Any, one: Submission, free: list[int], found: list[dealing.Candidate]
) -> forms.GiveForm:
    reviewer = one.version.standard.words.reviewer
    return forms.GiveForm(
        data, numbers=free, people=_people(found), due=_due(one), reviewer=reviewer
    )


def _people(found: list[dealing.Candidate]) -> list[tuple[int, str]]:
    return [
        (each.reviewer.user_id, f"{each.reviewer.user.get_full_name()} ({each.load} now)")
        for each in found
        if each.may
    ]


def _due(one: Submission) -> date:
    return timezone.localdate() + timedelta(days=one.version.standard.review.days)


# --- what can be done ----------------------------------------------------------------------------
def done(
    request: HttpRequest, one: Submission, do: Callable[[], object], said: str
) -> HttpResponse:
    """Do it, say so, and back to the page; what is refused is said there."""
    try:
        do()
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("assessment:case", one.key)


def tried(
    request: HttpRequest,
    one: Submission,
    form: Any,
    name: str,
    do: Callable[[Mapping[str, Any]], object],
    said: str,
) -> HttpResponse:
    """Do what a form asks; what is wrong is shown in it, with all that was typed."""
    if form.is_valid():
        try:
            do(form.cleaned_data)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("assessment:case", one.key)
    return case_page(request, one, **{name: form})


@of_a_runner
@require_POST
def send_back(request: SignedInRequest, one: Submission) -> HttpResponse:
    actor = Actor.of(request.user)

    def do(said: Mapping[str, Any]) -> object:
        return actions.return_submission(actor=actor, submission=one, words=said["words"])

    form = forms.ReturnForm(request.POST)
    return tried(request, one, form, "return_form", do, "It is sent back. They are told by e-mail.")


@of_a_runner
@require_POST
def go_on(request: SignedInRequest, one: Submission) -> HttpResponse:
    """Without what was asked for, once its day is over."""
    do = partial(actions.go_on_without, actor=Actor.of(request.user), submission=one)
    return done(request, one, do, "The review goes on. They are told by e-mail.")


@of_a_runner
@require_POST
def give(request: SignedInRequest, one: Submission) -> HttpResponse:
    """A free seat to one who may: whoever has an interest is not among them."""
    found = dealing.candidates(one, queries.reviewers(request.user, standard=one.version.key))
    users = {each.reviewer.user_id: each.reviewer.user for each in found}
    form = _give_form(request.POST, one, free_seats(one), found)
    actor = Actor.of(request.user)

    def do(said: Mapping[str, Any]) -> object:
        return actions.give_seat(
            actor=actor, submission=one, user=users[said["user"]],
            number=said["number"], due_on=said["due_on"],
        )  # fmt: skip

    return tried(request, one, form, "give_form", do, "They are asked, by e-mail.")


@of_a_runner
@require_POST
def change_seat(request: SignedInRequest, one: Submission, pk: int) -> HttpResponse:
    """Another last day; an end; or open again."""
    seat = get_object_or_404(Seat.objects.select_related("user"), submission=one, pk=pk)
    actor, verb = Actor.of(request.user), request.POST.get("verb")
    if verb == "stand-down":
        do: Callable[[], object] = lambda: actions.stand_down(actor=actor, seat=seat)  # noqa: E731
        return done(request, one, do, "The seat is free. They are told by e-mail.")
    if verb == "reopen":
        do = lambda: actions.reopen_review(actor=actor, seat=seat)  # noqa: E731
        return done(request, one, do, "They can change their review. They are told by e-mail.")
    form = forms.DueForm(request.POST)
    if not form.is_valid():
        messages.error(request, str(form.errors["due_on"][0]))
        return redirect("assessment:case", one.key)
    day = form.cleaned_data["due_on"]
    do = lambda: actions.change_due(actor=actor, seat=seat, due_on=day)  # noqa: E731
    return done(request, one, do, f"It is due on {day:%-d %B %Y} now.")


@of_a_runner
@require_safe
def read(request: SignedInRequest, one: Submission) -> HttpResponse:
    """What was sent in, as reviewers have it, with its holder's name."""
    sent = reading.sent(one, request.user)
    context = {
        "submission": one,
        "standard": one.version.standard,
        "holder": name_of(one),
        "sent": sent,
        "parts": [
            {"area": part.area, "answers": [(each, None) for each in part.answers], "own": []}
            for part in (sent.parts if sent else ())
        ],
        "panels": panels_of(one),
    }
    return page(request, "read", context)


@of_a_runner
@require_safe
def evidence(request: SignedInRequest, one: Submission, number: int) -> HttpResponseBase:
    return handed_out(one, number)
