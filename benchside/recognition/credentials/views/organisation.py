"""An organisation's own credentials, and the badges of others that it speaks for."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from benchside.core.actions import Actor, Refused
from benchside.organisations import roles
from benchside.organisations.views import MemberRequest, members_only
from benchside.recognition.credentials import actions, badging, queries, rules
from benchside.recognition.credentials.forms import EndorseForm
from benchside.recognition.credentials.views.files import file_of
from benchside.recognition.credentials.views.mine import sheet
from benchside.recognition.credentials.views.words import row
from benchside.recognition.enums import CredentialState
from benchside.recognition.models import Endorsement


@require_safe
@members_only()
def credentials(request: MemberRequest) -> HttpResponse:
    return _page(request, EndorseForm())


def _page(request: MemberRequest, form: EndorseForm) -> HttpResponse:
    here, actor = request.seat.organisation, Actor.of(request.user)
    awards = queries.awards_of_organisation(here)
    held = queries.credentials_of(awards)
    may_endorse = rules.can_endorse(actor, here)
    others = queries.words_for_organisation(here) if may_endorse else ()
    context: dict[str, Any] = {
        "sheets": [sheet(one, held[one.pk]) for one in awards],
        "may_endorse": may_endorse,
        "spoken": [(one, badging.said_of(one)) for one in queries.endorsements_by(here)],
        "rows": [row(actor, one) for one in others],
        "answer_at": "recognition:answer_words_inside",
        "form": form,
    }
    status = 422 if form.errors else 200
    return render(request, "recognition/credentials/inside.html", context, status=status)


@require_POST
@members_only(roles.SPEAK)
def endorse(request: MemberRequest) -> HttpResponse:
    form = EndorseForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.endorse(
                actor=Actor.of(request.user),
                organisation=request.seat.organisation,
                words=said["words"],
                standard=said["about"].standard,
                credential=said["about"].credential,
            )
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, "Sent. Whoever keeps or holds the badge reads it first.")
            return redirect("recognition:inside_credentials", request.seat.organisation.slug)
    return _page(request, form)


@require_POST
@members_only(roles.SPEAK)
def take_back(request: MemberRequest, pk: int) -> HttpResponse:
    here = request.seat.organisation
    found = get_object_or_404(Endorsement.objects.filter(organisation=here), pk=pk)
    try:
        actions.take_back(actor=Actor.of(request.user), endorsement=found)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request,
            "Taken back. We show it no more. Badges signed before still carry it. Whoever checks "
            "one here is told that it was taken back.",
        )
    return redirect("recognition:inside_credentials", here.slug)


@require_safe
@members_only()
def carried(request: MemberRequest, key: UUID, name: str) -> HttpResponse:
    found = queries.credential_of_organisation(request.seat.organisation, key)
    if found is None or found.state != CredentialState.LIVE:
        raise Http404
    return file_of(found, name)
