"""The desk of those who run a mark, and follow-ups for advisers; to others nothing is here."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from benchside.accounts.models import User
from benchside.assessment.awarding import queries as awarding
from benchside.assessment.enums import SubmissionState
from benchside.core.actions import Actor, Refused
from benchside.core.exports import csv_response
from benchside.organisations.views.tables import sorting, words_of
from benchside.recognition.marks import actions, queries, rules
from benchside.recognition.marks.forms import AdviserForm, FollowUpForm, MarkForm, OrderForm
from benchside.recognition.models import Application, FollowUp, Mark

A_PAGE = 50
COLUMNS = [("school", "School"), ("level", "Level"), ("state", "State"), ("sent", "Sent in")]
WAITS = [("order", "No order number yet"), ("adviser", "No adviser yet")]
P = ParamSpec("P")


class OfficerRequest(HttpRequest):
    user: User


Inner = Callable[Concatenate[OfficerRequest, P], HttpResponse]


def officers_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    """Sign-in, then 404 for whoever runs no mark."""

    @login_required
    @never_cache
    @wraps(view)
    def checked(request: OfficerRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not rules.can_run(Actor.of(request.user)):
            raise Http404
        return view(request, *args, **kwargs)

    return checked


@require_safe
@officers_only
def applications(request: OfficerRequest) -> HttpResponse:
    asked = _asked(request)
    page = Paginator(queries.applications(**asked), A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "rows": [(one, _level(one)) for one in page],
        "asked": asked,
        "columns": sorting(request, COLUMNS, asked["sort"]),
        "states": SubmissionState.choices,
        "marks": list(Mark.objects.all()),
        "waits": WAITS,
        "kept": request.GET.urlencode(),
        "due": _to_do().filter(due_on__lte=timezone.localdate()).count(),
    }
    return render(request, "recognition/marks/applications.html", context)


def _level(application: Application) -> str:
    """The title of the level asked for."""
    submission = application.submission
    levels = {one.key: one.title for one in submission.version.standard.levels}
    return levels.get(submission.level, "")


def _asked(request: OfficerRequest) -> dict[str, str]:
    given = request.GET
    state, waits, sort = given.get("state", ""), given.get("waits", ""), given.get("sort", "-sent")
    return {
        "words": words_of(request),
        "state": state if state in SubmissionState.values else "",
        "mark": given.get("mark", "")[:40].replace("\0", ""),
        "waits": waits if waits in dict(WAITS) else "",
        "sort": sort if sort.removeprefix("-") in queries.SORTS else "-sent",
    }


@require_safe
@officers_only
def applications_csv(request: OfficerRequest) -> HttpResponse:
    header = (
        "Mark", "School", "Level", "State", "Sent in", "Order number", "Second try", "Adviser",
    )  # fmt: skip
    rows = (
        (one.mark.name, one.submission.organisation, _level(one),
         one.submission.get_state_display(), _day(one.submission.submitted_at), one.order_number,
         "yes" if one.is_free else "", one.adviser.get_full_name() if one.adviser else "")
        for one in queries.applications(**_asked(request))
    )  # fmt: skip
    return csv_response("applications.csv", header, rows)


def _day(moment: Any) -> str:
    return timezone.localdate(moment).isoformat() if moment else ""


@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def application(request: OfficerRequest, pk: int) -> HttpResponse:
    """One of them: its order, its adviser, its targets."""
    found = get_object_or_404(queries.applications(), pk=pk)
    advisers = queries.advisers(found.mark)
    what = request.POST.get("do", "")
    order = OrderForm(
        request.POST if what == "order" else None, initial={"number": found.order_number}
    )
    adviser = AdviserForm(
        request.POST if what == "adviser" else None,
        advisers=advisers,
        initial={"adviser": found.adviser_id},
    )
    tried = {"order": order, "adviser": adviser}.get(what)
    if tried is not None and tried.is_valid():
        try:
            said = _do(request, what, found, tried.cleaned_data)
        except Refused as refused:
            tried.add_error(None, str(refused))
        else:
            messages.success(request, said)
            return redirect("recognition:run_mark", pk)
    context = {
        "application": found,
        "submission": found.submission,
        "level": _level(found),
        "order_form": order,
        "adviser_form": adviser,
        "form": tried,
        "targets": found.targets.all(),
        "award": awarding.public_awards([found.mark.standard])
        .filter(submission=found.submission)
        .first(),
        "follow_ups": FollowUp.objects.filter(award__submission=found.submission),
    }
    status = 422 if tried is not None else 200
    return render(request, "recognition/marks/application.html", context, status=status)


def _do(request: OfficerRequest, what: str, found: Application, cleaned: dict[str, Any]) -> str:
    actor = Actor.of(request.user)
    if what == "order":
        actions.give_order_number(actor=actor, application=found, number=cleaned["number"])
        return "The order number is kept."
    actions.name_adviser(actor=actor, application=found, adviser=cleaned["adviser"])
    return "The school now sees whom it can ask."


# --- follow-ups ---------------------------------------------------------------------------------
def _to_do() -> Any:
    return queries.follow_ups().filter(done_on__isnull=True)


def _mine(user: User) -> Any:
    """All for those who run a mark; those of their schools for advisers. Nothing for others."""
    if rules.can_run(Actor.of(user)):
        return queries.follow_ups()
    found = queries.follow_ups_of(user)
    if not found.exists():
        raise Http404
    return found


@login_required
@never_cache
@require_safe
def follow_ups(request: OfficerRequest) -> HttpResponse:
    page = Paginator(_mine(request.user), A_PAGE).get_page(request.GET.get("page"))
    rows = [(one, awarding.holder_of(one.award), _adviser(one)) for one in page]
    context = {
        "page": page,
        "rows": rows,
        "today": timezone.localdate(),
        "runs": rules.can_run(Actor.of(request.user)),
    }
    return render(request, "recognition/marks/follow_ups.html", context)


def _adviser(one: FollowUp) -> str:
    application = getattr(one.award.submission, "application", None)
    return application.adviser.get_full_name() if application and application.adviser else ""


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def follow_up(request: OfficerRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(_mine(request.user), pk=pk)
    form = FollowUpForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            actions.record_follow_up(
                actor=Actor.of(request.user), follow_up=found, **form.cleaned_data
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "It is written down. The school can read it.")
            return redirect("recognition:follow_ups")
    context = {
        "follow_up": found,
        "holder": awarding.holder_of(found.award),
        "form": form,
        "adviser": _adviser(found),
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/marks/follow_up.html", context, status=status)


# --- the mark itself ----------------------------------------------------------------------------
@require_http_methods(["GET", "HEAD", "POST"])
@officers_only
def settings(request: OfficerRequest, mark: str) -> HttpResponse:
    found = get_object_or_404(Mark, slug=mark)
    form = MarkForm(request.POST or None, instance=found)
    if request.method == "POST" and form.is_valid():
        actions.change_mark(
            actor=Actor.of(request.user), mark=Mark.objects.get(pk=found.pk), **form.cleaned_data
        )
        messages.success(request, "Kept. Its public page says so now.")
        return redirect("recognition:run_mark_settings", mark)
    status = 422 if form.errors else 200
    context = {"mark": found, "form": form}
    return render(request, "recognition/marks/settings.html", context, status=status)
