"""Which Content-Security-Policy an answer carries: strict, unless the desk needs more.

Public pages keep the policy of the settings: nothing inline, nobody may frame them. Three kinds
of answer differ, and only in what is named here:

- the desk, whose editor writes style attributes and shows pictures it has in memory, and which
  frames its own previews;
- those parts of the desk whose date fields and choosers Wagtail starts by inline scripts
  (wagtail/wagtail#1288). Not the inboxes of concerns and stories: there stand words of strangers;
- a preview, which is a public page shown to its editor inside the desk's frame.

Whatever is allowed here, nothing may be loaded from or sent to another site.
"""

from collections.abc import Callable

from csp.constants import HEADER, SELF, UNSAFE_INLINE
from django.http import HttpRequest, HttpResponse

DESK = "/desk/"
WORDS_OF_STRANGERS = ("/desk/concerns/", "/desk/stories/")
OWN_SHEETS = ("/desk/photos/",)  # sheets of the house, not of Wagtail: as strict as the rest
Needs = dict[str, list[str]]

DESK_NEEDS: Needs = {
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "frame-src": [SELF],
    "frame-ancestors": [SELF],
}
EDITOR_NEEDS: Needs = {**DESK_NEEDS, "script-src": [SELF, UNSAFE_INLINE]}
PREVIEW_NEEDS: Needs = {"frame-ancestors": [SELF]}


class DeskPolicy:
    """Stands inside CSPMiddleware and tells it what to replace."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if HEADER not in response and (needs := needs_of(request)):
            response._csp_replace = needs  # type: ignore[attr-defined]
        if getattr(request, "is_preview", False):
            response["X-Frame-Options"] = "SAMEORIGIN"
        return response


def needs_of(request: HttpRequest) -> Needs:
    if getattr(request, "is_preview", False):
        return PREVIEW_NEEDS
    if not request.path.startswith(DESK) or request.path.startswith(OWN_SHEETS):
        return {}
    return DESK_NEEDS if request.path.startswith(WORDS_OF_STRANGERS) else EDITOR_NEEDS
