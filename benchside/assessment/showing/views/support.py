"""The page of a supporter, who has a link and no account.

The address holds the secret. So the page is kept nowhere and gives its address to no other site; to
this one it does, so that a form of it can be told from one that somebody else made.
"""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from benchside.assessment.actions.supporters import (
    answer_support,
    ask_for_new_link,
    decline_support,
)
from benchside.assessment.models import Supporter
from benchside.assessment.showing import links
from benchside.assessment.showing.forms import SupportForm
from benchside.assessment.showing.people import name_of_holder
from benchside.core.actions import Refused
from benchside.core.open_forms import is_sent_from_here, is_too_often

View = Callable[[HttpRequest, Supporter, str], HttpResponse]
ASKS, WITHIN = 5, timedelta(hours=24)


def for_its_holder(view: View) -> Callable[[HttpRequest, str], HttpResponse]:
    """Give the view the supporter whose link this is; to anybody else there is none."""

    @csrf_exempt  # no cookie: a signed form token and the Origin stand in for it
    @never_cache
    @wraps(view)
    def found(request: HttpRequest, token: str) -> HttpResponse:
        request.shown_as = "/"  # type: ignore[attr-defined]
        supporter = links.supporter_of(token)
        if supporter is None:
            response = render(request, "assessment/showing/no_link.html", status=404)
        else:
            response = view(request, supporter, token)
        response["Referrer-Policy"] = "same-origin"
        response["X-Robots-Tag"] = "noindex"
        return response

    return found


@for_its_holder
@require_http_methods(["GET", "HEAD", "POST"])
def support(request: HttpRequest, supporter: Supporter, token: str) -> HttpResponse:
    data = request.POST if request.method == "POST" else None
    form = SupportForm(request, data, submission=supporter.submission)
    if request.method == "POST" and form.is_from_a_robot:
        return redirect("assessment:support", token)
    if request.method == "POST" and form.is_valid():
        try:
            answer_support(
                actor=links.holder_of(supporter), supporter=supporter, texts=form.texts()
            )
        except Refused as refused:
            supporter.refresh_from_db()
            form.add_error(None, str(refused))
            if not supporter.answered_at or _not_sent(form, supporter):
                return _page(request, supporter, token, form)
        return redirect("assessment:support", token)
    return _page(request, supporter, token, form)


def _page(
    request: HttpRequest, supporter: Supporter, token: str, form: SupportForm, **more: Any
) -> HttpResponse:
    """One address, four faces: to be answered, answered, declined, lapsed. Whatever was typed
    stands on it again, also where it comes too late."""
    one = supporter.submission
    face = "open"
    if supporter.answered_at:
        face = "answered"
    elif supporter.declined_at:
        face = "declined"
    elif not one.is_open:
        face = "over"
    elif not links.works(supporter):
        face = "lapsed"
    context = {
        "supporter": supporter,
        "submission": one,
        "holder": name_of_holder(one),
        "standard": one.version.standard,
        "form": form,
        "face": face,
        "typed": _not_sent(form, supporter) if form.is_bound and face != "open" else [],
        "token": token,
        **more,
    }
    status = 422 if form.errors else 200
    status = 410 if face in {"lapsed", "over"} else status
    return render(request, "assessment/showing/support.html", context, status=status)


def _not_sent(form: SupportForm, supporter: Supporter) -> list[tuple[str, str]]:
    """(area, words) of what was typed and is not what arrived."""
    arrived = {f"say-{one.area}": _lines(one.text) for one in supporter.statements.all()}
    said = [(field.name, str(field.label), field.value()) for field in form.visible_fields()]
    return [
        (label, words)
        for name, label, words in said
        if words and _lines(words) != arrived.get(name)
    ]


def _lines(words: str) -> list[str]:
    return words.strip().splitlines()


def _blank(request: HttpRequest, supporter: Supporter) -> SupportForm:
    return SupportForm(request, None, submission=supporter.submission)


@for_its_holder
@require_http_methods(["GET", "HEAD", "POST"])
def decline(request: HttpRequest, supporter: Supporter, token: str) -> HttpResponse:
    """Ask once, then say no: mail programs open links by themselves."""
    if request.method == "POST" and is_sent_from_here(request):
        try:
            decline_support(actor=links.holder_of(supporter), supporter=supporter)
        except Refused:
            supporter.refresh_from_db()
        return redirect("assessment:support", token)
    return _page(request, supporter, token, _blank(request, supporter), is_declining=True)


@for_its_holder
@require_POST
def ask_again(request: HttpRequest, supporter: Supporter, token: str) -> HttpResponse:
    """Tell whoever asked that a new link is wanted."""
    form = _blank(request, supporter)
    if not is_sent_from_here(request) or is_too_often(
        request, what=f"support-{supporter.pk}", limit=ASKS, within=WITHIN
    ):
        return _page(request, supporter, token, form, problem="Please try again tomorrow.")
    try:
        ask_for_new_link(actor=links.holder_of(supporter), supporter=supporter)
    except Refused:
        return redirect("assessment:support", token)
    return _page(request, supporter, token, form, has_asked=True)
