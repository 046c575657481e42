"""Words sent by somebody whose sign-in had ended: kept in their session until they are back."""

import time
from typing import TypedDict

from django.http import HttpRequest

KEY = "kept_writing"
LONGEST = 60_000
FOR = 60 * 60  # seconds


class Typed(TypedDict):
    path: str
    text: str
    choice: str
    based_on: str
    at: float


def keep(request: HttpRequest) -> None:
    """For an hour. Too long a text is not kept: the browser's Back button still has it."""
    text = request.POST.get("text", "")
    if not text or len(text) > LONGEST:
        return
    request.session[KEY] = Typed(
        path=request.path,
        text=text,
        choice=request.POST.get("choice", "")[:200],
        based_on=request.POST.get("based_on", "")[:10],
        at=time.time(),
    )


def take_back(request: HttpRequest) -> Typed | None:
    """What was kept for this page, once."""
    found: Typed | None = request.session.get(KEY)
    if found is None or found["path"] != request.path:
        return None
    del request.session[KEY]
    return found if time.time() - found["at"] < FOR else None
