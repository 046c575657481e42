"""The picture a link to a role shows when it is shared."""

from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.views.decorators.http import require_safe

from benchside.careers.cards.store import BusyError, picture_of
from benchside.careers.live import live_catalogue

KEPT_FOR = 24 * 60 * 60
TRY_AGAIN = 30  # seconds


@require_safe
def card(request: HttpRequest, slug: str) -> HttpResponseBase:
    """1200 x 630 PNG. 503 with Retry-After while other cards are being drawn."""
    role = live_catalogue().by_slug.get(slug)
    if role is None:
        raise Http404(f"There is no role {slug}")
    try:
        png, fingerprint = picture_of(role)
    except BusyError:
        return HttpResponse(status=503, headers={"Retry-After": str(TRY_AGAIN)})
    etag = quote_etag(fingerprint)
    unchanged = get_conditional_response(request, etag=etag)
    response = unchanged or HttpResponse(png, content_type="image/png")
    response["Cache-Control"] = f"public, max-age={KEPT_FOR}"
    response["ETag"] = etag
    return response
