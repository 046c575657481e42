"""The hours sheet of an application: works with and without a script, on a phone too."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from benchside.assessment.models import Submission
from benchside.assessment.writing_rules import can_lead
from benchside.core.actions import Actor, Refused
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.recognition.marks import actions, annexes
from benchside.recognition.marks.forms import HoursForm, hours_given
from benchside.recognition.marks.service_factor import REFERENCE, REFERENCE_SOURCE
from benchside.recognition.models import TaughtHours

HOURS = "recognition.hours"


@require_http_methods(["GET", "HEAD", "POST"])
@members_only(roles.APPLY_FOR_MARKS)
def hours(request: MemberRequest, key: UUID) -> HttpResponse:
    here = request.seat.organisation
    mine = Submission.objects.filter(organisation=here).select_related("version", "organisation")
    found = get_object_or_404(mine, key=key)
    actor = Actor.of(request.user)
    if HOURS not in found.version.standard.annexes or not can_lead(actor, found):
        raise Http404
    taught = TaughtHours.objects.filter(submission=found).first()
    kept = hours_given(taught.hours if taught else None, annexes.lines_of(found))
    form = HoursForm(request.POST or None, initial=kept)
    if request.method == "POST" and form.is_valid():
        try:
            actions.save_hours(
                actor=actor,
                submission=found,
                taught=form.cleaned_data["taught"],
                lines=form.lines(),
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "The hours sheet is kept.")
            return redirect("recognition:hours", here.slug, key)
    context = {
        "submission": found,
        "words": found.version.standard.words,
        "form": form,
        "worked": annexes.worked_of(found),
        "reference": REFERENCE,
        "source": REFERENCE_SOURCE,
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/marks/hours.html", context, status=status)
