"""Every request gets an id, found again in each log line, audit row and error page."""

import re
import uuid
from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from benchside.core import logs

ACCEPTED = re.compile(r"[A-Za-z0-9-]{8,36}")


class RequestIdMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        given = request.headers.get("X-Request-Id", "")
        request_id = given if ACCEPTED.fullmatch(given) else str(uuid.uuid4())
        token = logs.request_id.set(request_id)
        try:
            response = self.get_response(request)
        finally:
            logs.request_id.reset(token)
        response["X-Request-Id"] = request_id
        return response
