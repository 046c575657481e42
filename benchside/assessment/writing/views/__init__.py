"""Pages of those who write: the gate before every one of them."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django_htmx.middleware import HtmxDetails

from benchside.accounts.models import User
from benchside.assessment.rail import sit_down
from benchside.assessment.writing import kept, queries
from benchside.assessment.writing.queries import Writer
from benchside.organisations.queries import Seat

P = ParamSpec("P")


class WriterRequest(HttpRequest):
    """What a page gets; `seat` is there for members of the organisation, and draws the rail."""

    user: User
    writer: Writer
    seat: Seat
    htmx: HtmxDetails


Inner = Callable[Concatenate[WriterRequest, P], HttpResponse]


def writers_only(view: Inner[P]) -> Callable[..., HttpResponse]:
    """The gate: sign-in, then 404 for everybody who may not read this submission. The page finds
    who it is at `request.writer`. Words sent by somebody whose sign-in ended meanwhile are kept in
    their session until they are back."""

    @never_cache
    @wraps(view)
    def checked(request: Any, key: UUID, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if not request.user.is_authenticated:
            return _signed_out(request, key, str(kwargs.get("criterion", "")))
        request.writer = queries.writer(request.user, key)
        sit_down(request, request.writer.submission)
        return view(request, *args, **kwargs)

    return checked


def _signed_out(request: WriterRequest, key: UUID, criterion: str) -> HttpResponse:
    if request.method == "POST":
        if request.htmx:  # the words stay on the page; it says what to do
            return HttpResponse(status=401)
        if queries.is_asked(key, criterion):
            kept.keep(request)
    return redirect_to_login(request.get_full_path())


def shown(writer: Writer, **more: Any) -> dict[str, Any]:
    """What every page needs, with the words the standard's writers use."""
    return {
        "writer": writer,
        "submission": writer.submission,
        "standard": writer.standard,
        "words": writer.standard.words,
        "level": next(
            (one.title for one in writer.standard.levels if one.key == writer.submission.level), ""
        ),
        **more,
    }
