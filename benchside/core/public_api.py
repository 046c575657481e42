"""The public API: open data for anybody's program, read from anywhere, kept by any cache.

Nothing here knows who asks: no cookie is read or set. Errors are one shape, `Problem`, that says
what is wrong with which field and what to do.
"""

import hashlib
from collections.abc import Callable
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotModified, JsonResponse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from ninja import NinjaAPI, Router, Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

ADDRESS = "/api/"
KEEP = "public, no-cache"  # kept, and asked about by its ETag before each use
WHERE_TO_READ = "Read what can be asked at /api/v1/docs."


class Problem(Schema):
    """What is wrong, and what to do."""

    title: str = Field(description="What is wrong, in a few words")
    detail: str = Field(description="What is wrong, with the value that was given")
    field: str = Field(default="", description="The parameter it is about, if any")
    remedy: str = Field(description="What to do")


class Refusal(Exception):  # noqa: N818 - an answer, not a failure
    """Raised by an operation to answer with a problem."""

    def __init__(self, status: int, problem: Problem) -> None:
        self.status, self.problem = status, problem
        super().__init__(problem.detail)


PROBLEMS = {400: Problem, 404: Problem, 422: Problem}  # what every operation declares


class PublicAPI(NinjaAPI):
    """Adds to each answer who may read it and that it may be kept."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        self.add_exception_handler(Refusal, self._refused)
        self.add_exception_handler(ValidationError, self._unreadable)
        self.add_exception_handler(Http404, self._nothing_there)
        self.add_exception_handler(HttpError, self._other)

    def create_response(self, request: HttpRequest, data: Any, **options: Any) -> HttpResponse:
        response = super().create_response(request, data, **options)
        response["Access-Control-Allow-Origin"] = "*"
        response["Access-Control-Expose-Headers"] = "ETag"
        if response.status_code != 200 or request.method == "POST":
            response["Cache-Control"] = "no-store"  # what was posted is nobody else's to see
            return response
        response["Cache-Control"] = KEEP
        response["ETag"] = etag = quote_etag(hashlib.sha256(response.content).hexdigest()[:32])
        answer = get_conditional_response(request, etag=etag, response=response)
        if isinstance(answer, HttpResponseNotModified):
            answer["Access-Control-Allow-Origin"] = "*"
        return answer or response

    def _refused(self, request: HttpRequest, error: Any) -> HttpResponse:
        return self._problem(request, error.status, error.problem)

    def _unreadable(self, request: HttpRequest, error: Any) -> HttpResponse:
        first = error.errors[0]
        field = str(first["loc"][-1]) if first.get("loc") else ""
        detail = f"{field}: {first['msg']}."
        problem = Problem(
            title="A value cannot be read", detail=detail, field=field, remedy=WHERE_TO_READ
        )
        return self._problem(request, 422, problem)

    def _nothing_there(self, request: HttpRequest, error: Any) -> HttpResponse:
        problem = Problem(
            title="Nothing there",
            detail="There is nothing at this address.",
            remedy=WHERE_TO_READ,
        )
        return self._problem(request, 404, problem)

    def _other(self, request: HttpRequest, error: Any) -> HttpResponse:
        problem = Problem(title="Refused", detail=error.message, remedy=WHERE_TO_READ)
        return self._problem(request, error.status_code, problem)

    def _problem(self, request: HttpRequest, status: int, problem: Problem) -> HttpResponse:
        response = self.create_response(request, problem.model_dump(), status=status)
        response["Content-Type"] = "application/problem+json; charset=utf-8"
        return response


nothing = Router()
METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"]


@nothing.api_operation(METHODS, "/{path:rest}", include_in_schema=False)
def nothing_there(request: HttpRequest, rest: str) -> None:
    """Every other address under the API: a program is answered in its own shape, not with a page.

    Added after all other routers, or it would answer in their place.
    """
    raise Http404(f"The API has no {rest}")


class PublicApiMethods:
    """What the library leaves out: HEAD, the question a browser asks before it lets another
    site's script ask (CORS), and a refused method in the API's own shape."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path.startswith(ADDRESS):
            return self.get_response(request)
        if request.method == "OPTIONS":
            return HttpResponse(status=204, headers=PREFLIGHT)
        is_head = request.method == "HEAD"
        if is_head:
            request.method = "GET"
        response = self.get_response(request)
        if response.status_code == 405:
            return refused_method(response)
        if is_head:
            request.method, response.content = "HEAD", b""
        return response


PREFLIGHT = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Content-Type, If-None-Match",
    "Access-Control-Max-Age": "86400",
}


def refused_method(response: HttpResponse) -> HttpResponse:
    problem = Problem(
        title="Not this way",
        detail=f"This address answers {response['Allow']} only.",
        remedy=WHERE_TO_READ,
    )
    return JsonResponse(
        problem.model_dump(),
        status=405,
        content_type="application/problem+json; charset=utf-8",
        headers={"Allow": response["Allow"], "Access-Control-Allow-Origin": "*"},
    )
