"""What I hold, to carry: asked for, taken away in a file, given back."""

from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from benchside.accounts.models import User
from benchside.assessment.awarding.queries import shown_state_of
from benchside.assessment.models import Award
from benchside.core.actions import Actor, Refused
from benchside.recognition.credentials import actions, badging, queries
from benchside.recognition.credentials.saying import is_offered, is_wanted
from benchside.recognition.credentials.views.files import file_of
from benchside.recognition.enums import CredentialState
from benchside.recognition.models import Credential

LINKEDIN = "https://www.linkedin.com/profile/add"


class OwnRequest(HttpRequest):
    user: User


@dataclass(frozen=True, slots=True)
class Sheet:
    """One award and its credentials, as its holder sees them."""

    award: Award
    what: str
    state: str
    stands: bool
    is_wanted: bool
    is_public: bool
    now: Credential | None
    past: list[Credential]

    @property
    def is_signed(self) -> bool:
        return self.now is not None and self.now.state == CredentialState.LIVE

    @property
    def until(self) -> Any:
        return self.now.until if self.now else None

    @property
    def address(self) -> str:
        return badging.id_of(self.now) if self.now else ""

    @property
    def linkedin(self) -> str:
        return linkedin(self.now) if self.now else ""


def sheet(award: Award, held: list[Credential]) -> Sheet:
    in_use = (CredentialState.WAITING, CredentialState.LIVE)
    return Sheet(
        award=award,
        what=badging.name_of(award.version, award.level),
        state=shown_state_of(award).title,
        stands=is_offered(award),
        is_wanted=is_wanted(award),
        is_public=queries.is_public(award),
        now=next((one for one in held if one.state in in_use), None),
        past=[one for one in held if one.state == CredentialState.REVOKED and one.document],
    )


def linkedin(credential: Credential) -> str:
    """The form of a profile, filled in; nothing is sent before its holder presses there."""
    version = credential.award.version
    said = {
        "startTask": "CERTIFICATION_NAME",
        "name": badging.name_of(version, credential.level),
        "organizationName": badging.keeper_of(version),
        "issueYear": credential.period_start.year,
        "issueMonth": credential.period_start.month,
        "certUrl": badging.id_of(credential),
        "certId": credential.award.number,
    }
    until = credential.until
    if until is not None:
        said |= {"expirationYear": until.year, "expirationMonth": until.month}
    return f"{LINKEDIN}?{urlencode(said)}"


@require_safe
@login_required
@never_cache
def credentials(request: OwnRequest) -> HttpResponse:
    awards = queries.awards_of(request.user)
    held = queries.credentials_of(awards)
    context = {"sheets": [sheet(one, held[one.pk]) for one in awards]}
    return render(request, "recognition/credentials/mine.html", context)


def _own(request: OwnRequest, pk: int) -> Award:
    found = next((one for one in queries.awards_of(request.user) if one.pk == pk), None)
    if found is None:
        raise Http404
    return found


@require_POST
@login_required
@never_cache
def claim(request: OwnRequest, pk: int) -> HttpResponse:
    try:
        actions.claim(actor=Actor.of(request.user), award=_own(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, "Your badge is being made. It is here in a moment.")
    return redirect("recognition:my_credentials")


@require_POST
@login_required
@never_cache
def give_back(request: OwnRequest, pk: int) -> HttpResponse:
    try:
        actions.give_back(actor=Actor.of(request.user), award=_own(request, pk))
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, "Given back. Whoever checks it now is told that it counts no more."
        )
    return redirect("recognition:my_credentials")


@require_safe
@login_required
@never_cache
def carried(request: OwnRequest, key: UUID, name: str) -> HttpResponse:
    found = queries.own_credential(request.user, key)
    if found is None or found.state != CredentialState.LIVE:
        raise Http404
    return file_of(found, name)
