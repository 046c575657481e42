"""Asking people to speak for it, and seeing who has: never what they said."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.views.decorators.http import require_http_methods, require_POST

from benchside.assessment.actions.supporters import (
    ask_supporter,
    resend_supporter,
    withdraw_supporter,
)
from benchside.assessment.models import Supporter
from benchside.assessment.showing.forms import SupporterForm
from benchside.assessment.showing.views import FormRequest, of_submission, page
from benchside.assessment.writing_rules import can_lead, can_read_draft
from benchside.core.actions import Refused


@require_http_methods(("GET", "HEAD", "POST"))
@of_submission(can_read_draft)
def listing(request: FormRequest) -> HttpResponse:
    one = request.submission
    wanted = one.version.standard.supporters
    count = one.version.standard.supporters_on(one.route)
    if wanted is None or not count:
        raise Http404
    form = SupporterForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            ask_supporter(actor=request.actor, submission=one, **form.cleaned_data)
        except Refused as refused:
            form.add_error("email" if "asked already" in str(refused) else None, str(refused))
        else:
            messages.success(request, f"{form.cleaned_data['name']} is asked, by e-mail.")
            return redirect("assessment:supporters", one.key)
    asked = list(one.supporters.order_by("pk"))
    return page(
        request,
        "supporters",
        422 if form.errors else 200,
        form=form,
        asked=asked,
        given=sum(each.answered_at is not None for each in asked),
        wanted=wanted,
        count=count,
        now=timezone.now(),
        may_ask=one.is_open and can_lead(request.actor, one),
    )


def _asked(request: FormRequest, pk: int) -> Supporter:
    return get_object_or_404(request.submission.supporters, pk=pk)


@require_POST
@of_submission(can_read_draft)
def resend(request: FormRequest, pk: int) -> HttpResponse:
    one = _asked(request, pk)
    resend_supporter(actor=request.actor, supporter=one)
    messages.success(request, f"{one.name} has a new link, by e-mail. The old one has stopped.")
    return redirect("assessment:supporters", request.submission.key)


@require_POST
@of_submission(can_read_draft)
def take_back(request: FormRequest, pk: int) -> HttpResponse:
    one = _asked(request, pk)
    withdraw_supporter(actor=request.actor, supporter=one)
    messages.success(request, f"{one.name} is not asked any more. Their link has stopped.")
    return redirect("assessment:supporters", request.submission.key)
