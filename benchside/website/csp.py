"""Which Content-Security-Policy an answer carries: strict, unless the desk needs more.

Public pages keep the policy of the settings: nothing inline, nobody may frame them. Two kinds
of answer differ, and only in what is named here:

- the desk itself (Wagtail's editor writes style attributes and shows pictures it has in
  memory), which may frame its own previews;
- a preview, which is a public page shown to its editor inside the desk's frame.
"""

from collections.abc import Callable

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

DESK = "/desk/"
DESK_NEEDS = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
PREVIEW_NEEDS = {"frame-ancestors": [SELF]}


class DeskPolicy:
    """Stands inside CSPMiddleware and tells it what to replace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if getattr(request, "is_preview", False):
            response._csp_replace = PREVIEW_NEEDS  # type: ignore[attr-defined]
            response.headers.setdefault("X-Frame-Options", "SAMEORIGIN")
        elif request.path.startswith(DESK) and HEADER not in response:
            response._csp_replace = DESK_NEEDS  # type: ignore[attr-defined]
        return response
