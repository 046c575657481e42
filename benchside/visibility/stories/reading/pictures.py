"""The pictures a link to a story shows, and those to post: drawn on the server."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from benchside.visibility.stories.reading.cards.rendering import Shape
from benchside.visibility.stories.reading.cards.store import BusyError, picture_of
from benchside.visibility.stories.reading.queries import public, told

TRY_AGAIN = 30  # seconds


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponseBase:
    """1200 x 630 PNG. 404 where the person did not say yes to other networks; 503 with Retry-After
    while other pictures are being drawn."""
    return _picture(request, slug, Shape.WIDE)


@require_safe
def square(request: HttpRequest, slug: str) -> HttpResponseBase:
    """1080 x 1080 PNG, for posts."""
    return _picture(request, slug, Shape.SQUARE)


def _picture(request: HttpRequest, slug: str, shape: Shape) -> HttpResponseBase:
    story = next(iter(told(public().filter(slug=slug, on_social=True))), None)
    if story is None:
        raise Http404
    try:
        png, fingerprint = picture_of(story, shape)
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": str(TRY_AGAIN)})
    etag = quote_etag(fingerprint)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(png, content_type="image/png")
    response["ETag"] = etag
    return response
