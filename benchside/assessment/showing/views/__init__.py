"""Pages of evidence, signatures and supporters: the gate before each, and how files go out."""

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import NoReverseMatch, reverse
from django.utils.http import content_disposition_header
from django.views.decorators.cache import never_cache

from benchside.accounts.models import User
from benchside.assessment.models import Submission
from benchside.assessment.rail import sit_down
from benchside.assessment.showing import queries
from benchside.assessment.showing.document import capital
from benchside.assessment.showing.people import name_of_holder
from benchside.assessment.showing.readers import can_see_side
from benchside.core import vault
from benchside.core.actions import Actor, Rule

P = ParamSpec("P")
logger = logging.getLogger(__name__)


class FormRequest(HttpRequest):
    """What a page of a submission gets."""

    user: User
    actor: Actor
    submission: Submission


Inner = Callable[Concatenate[FormRequest, P], HttpResponse]


def of_submission(may: Rule = can_see_side) -> Callable[[Inner[P]], Callable[..., HttpResponse]]:
    """The gate: sign-in, then 404 for everybody who may not have it. What can be done on the page
    is asked again by the action."""

    def gate(view: Inner[P]) -> Callable[..., HttpResponse]:
        @login_required
        @never_cache
        @wraps(view)
        def checked(
            request: FormRequest, key: UUID, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            request.actor = Actor.of(request.user)
            request.submission = queries.submission_for(request.actor, key, may)
            sit_down(request, request.submission)
            return view(request, *args, **kwargs)

        return checked

    return gate


def page(request: FormRequest, name: str, status: int = 200, **more: Any) -> HttpResponse:
    """A page of a submission, with its name and the tabs of this part."""
    one = request.submission
    words = one.version.standard.words
    context = {
        "submission": one,
        "standard": one.version.standard,
        "words": words,
        "holder": name_of_holder(one),
        "sheets": _sheets(one),
        **more,
    }
    return render(request, f"assessment/showing/{name}.html", context, status=status)


def _sheets(one: Submission) -> list[tuple[str, str]]:
    words = one.version.standard.words
    named = [
        (capital(words.submission), "form"),
        (capital(words.evidence), "evidence"),
        *([("Supporters", "supporters")] if one.version.standard.supporters_on(one.route) else []),
        ("Signing" if one.version.standard.sign_offs else "Sending in", "signatures"),
    ]
    found = []
    for title, name in named:
        try:
            found.append((title, reverse(f"assessment:{name}", args=[one.key])))
        except NoReverseMatch:  # an installation without the part that has this page
            continue
    return found


def hand_out(data: bytes, *, name: str, content_type: str) -> HttpResponse:
    """A download that no browser opens by itself, runs or keeps."""
    response = HttpResponse(data, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name)
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    response["Cache-Control"] = "private, no-store"
    return response


def bytes_or_refusal(
    request: FormRequest, name: str, digest: str
) -> tuple[bytes, HttpResponse | None]:
    """What is stored under a name, or the page that says that it is not what was put there."""
    try:
        return vault.get(name, digest), None
    except vault.Damaged:
        return b"", page(request, "damaged", status=500)
