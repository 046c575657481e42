"""Public pages say so, and are then kept by the page cache and any proxy in front."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

PRIVATE = (
    "/accounts/", "/claim/", "/desk/", "/my/", "/org/", "/forms/", "/assess/", "/registry/",
    "/outbox/",
)  # fmt: skip
# Any cache may keep it, and must ask whether it still holds before it shows it again: a person who
# hides is gone from the next page anybody opens. The answer is a 304 from the page cache.
KEEP = "public, no-cache"


class PublicPages:
    """Mark what anybody may see and nobody's session had a part in."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        response = self.get_response(request)
        if request.path.startswith(PRIVATE):
            response.setdefault("Cache-Control", "private, no-store")
        elif is_public(request, response):
            response.setdefault("Cache-Control", KEEP)
        else:
            response.setdefault("Cache-Control", "private, no-cache")
        return response


def is_private(request: HttpRequest) -> bool:
    """Whether a page is somebody's who is signed in: by where it lies, or it asked who they are."""
    return request.path.startswith(PRIVATE) or session_had_a_part(request)


def is_public(request: HttpRequest, response: HttpResponse) -> bool:
    return (
        request.method in {"GET", "HEAD"}
        and response.status_code == 200
        and not response.cookies
        and not session_had_a_part(request)
        and "CSRF_COOKIE" not in request.META
        and not response.streaming
    )


def session_had_a_part(request: HttpRequest) -> bool:
    session = getattr(request, "session", None)
    return session is not None and session.accessed
