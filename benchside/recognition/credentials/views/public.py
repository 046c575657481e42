"""Credentials for everybody: one of them, what a badge is, our keys, and what was revoked."""

import json
from typing import Any
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from benchside.assessment.awarding.queries import shown_state_of
from benchside.recognition.credentials import badging, keyring, papers, queries
from benchside.recognition.credentials.actions.signing import ASK_AGAIN
from benchside.recognition.credentials.designs import badge_version, page_of, with_badges
from benchside.recognition.credentials.saying import entry_of
from benchside.recognition.credentials.views.files import file_of
from benchside.recognition.enums import CredentialState, WordState
from benchside.recognition.models import Credential, Endorsement, StatusList

PICTURES = {"svg": "image/svg+xml", "png": "image/png"}


def _open_to_all(content: str, kind: str) -> HttpResponse:
    """A machine's answer that any cache keeps for a minute and any page's script may read. Ours is
    emptied when a list or a key changes."""
    response = HttpResponse(content, content_type=kind)
    kept = int(ASK_AGAIN.total_seconds())
    response["Cache-Control"] = f"public, max-age={kept}, s-maxage={kept}, must-revalidate"
    response["Access-Control-Allow-Origin"] = "*"
    return response


# --- for machines ---------------------------------------------------------------------------------
@require_safe
def did(request: HttpRequest) -> HttpResponse:
    """Who we are: every key whose signatures are believed."""
    keyring.current()
    return _open_to_all(json.dumps(keyring.document(), indent=1), "application/did+json")


@require_safe
def status_list(request: HttpRequest, number: int) -> HttpResponse:
    """One list as it was signed last. Which credential a caller asks about, nobody can tell."""
    held = get_object_or_404(StatusList.objects.exclude(signed=""), number=number)
    return _open_to_all(held.signed, "application/vc+ld+json")


@require_safe
def endorsement(request: HttpRequest, key: UUID) -> HttpResponse:
    held = get_object_or_404(
        Endorsement.objects.exclude(document="").filter(state=WordState.SHOWN), key=key
    )
    return _open_to_all(held.document, "application/vc+ld+json")


# --- one credential -------------------------------------------------------------------------------
def _public(key: UUID) -> Credential:
    found = queries.public_credential(key)
    if found is None:
        raise Http404
    return found


@require_safe
def credential(request: HttpRequest, key: UUID) -> HttpResponse:
    """Its page; to a program that asks for JSON, the credential itself."""
    found = _public(key)
    if wants_json(request):
        response = file_of(found, "badge.json")
        response["Access-Control-Allow-Origin"] = "*"
    else:
        response = render(request, "recognition/credentials/credential.html", shown(found))
        response["Referrer-Policy"] = "no-referrer"
    # Its address is known to whoever was given it: no cache of ours keeps or counts it.
    response["Cache-Control"] = "private, no-cache"
    response["Vary"] = "Accept"
    response["X-Robots-Tag"] = "noindex"
    return response


def wants_json(request: HttpRequest) -> bool:
    accepts = request.headers.get("Accept", "")
    return "json" in accepts and "text/html" not in accepts


def shown(found: Credential) -> dict[str, Any]:
    """What a page says of a credential."""
    award = found.award
    version = award.version
    until = found.until
    return {
        "credential": found,
        "award": award,
        "what": badging.name_of(version, found.level),
        "letters": badging.letters_of(version.key),
        "keeper": badging.keeper_of(version),
        "body": entry.body.name if (entry := entry_of(award)) else "",
        "state": shown_state_of(award),
        "until": until,
        "is_over": until is not None and until < timezone.localdate(),
        "is_live": found.state == CredentialState.LIVE,
        "newer": _newer(found),
        "lookup": page_of(award),
        "version": version,
        "spoken": [*queries.endorsements_of(version.key), *queries.spoken_for(found)],
    }


def _newer(found: Credential) -> Credential | None:
    """What took its place, and is in use now."""
    seen = 0
    while found.replaced_by is not None and seen < 50:
        found, seen = found.replaced_by, seen + 1
    return found if seen and found.state == CredentialState.LIVE else None


@require_safe
def carried(request: HttpRequest, key: UUID, name: str) -> HttpResponse:
    """A file of one that is in use; of one that is not, only the page is left."""
    found = _public(key)
    if found.state != CredentialState.LIVE:
        raise Http404
    response = file_of(found, name)
    response["Cache-Control"] = "private, no-cache"
    response["X-Robots-Tag"] = "noindex"
    return response


# --- what a badge is ------------------------------------------------------------------------------
@require_safe
def badges(request: HttpRequest) -> HttpResponse:
    """Every badge that is given here."""
    found = [(key, version) for key in with_badges() if (version := badge_version(key))]
    rows = [
        (key, badging.name_of(version, ""), badging.keeper_of(version), version)
        for key, version in found
    ]
    return render(request, "recognition/credentials/badges.html", {"rows": rows})


@require_safe
def badge(request: HttpRequest, standard: str) -> HttpResponse:
    version = badge_version(standard)
    if version is None:
        raise Http404
    context = {
        "version": version,
        "standard": version.standard,
        "what": badging.name_of(version, ""),
        "keeper": badging.keeper_of(version),
        "letters": badging.letters_of(standard),
        "levels": [one.key for one in version.standard.levels] or [badging.PLAIN],
        "spoken": queries.endorsements_of(standard),
        "our_did": keyring.our_did(),
    }
    return render(request, "recognition/credentials/badge.html", context)


@require_safe
def badge_picture(request: HttpRequest, standard: str, level: str, kind: str) -> HttpResponse:
    """The badge of nobody, as it stands in credentials."""
    version = badge_version(standard)
    levels = {one.key for one in version.standard.levels} if version else set()
    if version is None or kind not in PICTURES or level not in {*levels, badging.PLAIN}:
        raise Http404
    face = papers.general_face(version, level if level in levels else "")
    drawn = papers.svg(face) if kind == "svg" else papers.png(face)
    response = HttpResponse(drawn, content_type=PICTURES[kind])
    response["Cache-Control"] = "public, max-age=86400"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Access-Control-Allow-Origin"] = "*"
    return response
