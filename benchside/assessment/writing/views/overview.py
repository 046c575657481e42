"""One submission as a whole: how far it is, what lacks, who writes what; taking it back."""

from collections import Counter

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_safe

from benchside.assessment.actions.signing import withdraw_submission
from benchside.assessment.annexes import annexes_of
from benchside.assessment.models import Submission
from benchside.assessment.states import SUBMISSIONS
from benchside.assessment.writing import outline
from benchside.assessment.writing.lately import lately
from benchside.assessment.writing.to_show import to_show
from benchside.assessment.writing.views import WriterRequest, shown, writers_only
from benchside.core.actions import Actor, Denied
from benchside.core.registries import panels_at

PLACE = "assessment.form"


@require_safe
@writers_only
def form(request: WriterRequest) -> HttpResponse:
    writer = request.writer
    submission = writer.submission
    context = shown(
        writer,
        outline=outline.outline_of(writer, _open_talk(submission) if writer.talks else None),
        to_show=to_show(submission),
        route=writer.standard.route(submission.route),
        steps=outline.signatures_of(submission),
        annexes=[(one, one.url(submission)) for one in annexes_of(submission)],
        panels=panels_at(PLACE, str(submission.key)),
        happenings=lately(submission) if writer.talks else [],
        may_withdraw="withdraw" in SUBMISSIONS.verbs(Actor.of(request.user), submission),
    )
    return render(request, "assessment/writing/form.html", context)


def _open_talk(submission: Submission) -> dict[str, int]:
    """How many comments wait, by criterion."""
    found = submission.comments.filter(reply_to__isnull=True, resolved_at__isnull=True)
    return Counter(found.values_list("criterion", flat=True))


@require_http_methods(["GET", "HEAD", "POST"])
@writers_only
def withdraw(request: WriterRequest) -> HttpResponse:
    """Ask once more; then take it back."""
    writer = request.writer
    if "withdraw" not in SUBMISSIONS.verbs(Actor.of(request.user), writer.submission):
        if request.method != "POST" and writer.leads:
            return redirect("assessment:form", writer.submission.key)
        raise Denied("submission.withdraw")
    if request.method != "POST":
        return render(request, "assessment/writing/withdraw.html", shown(writer))
    withdraw_submission(actor=Actor.of(request.user), submission=writer.submission)
    messages.success(request, "It is withdrawn. What was written stays here to be read.")
    return redirect("assessment:form", writer.submission.key)
