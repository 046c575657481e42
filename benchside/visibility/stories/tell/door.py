"""The gate before every page that a link opens: found by its secret, kept nowhere, told nobody."""

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from benchside.visibility.enums import LinkFor
from benchside.visibility.models import Story
from benchside.visibility.stories import links

P = ParamSpec("P")
Inner = Callable[Concatenate[HttpRequest, Story, str, P], Any]


def by_link(purpose: LinkFor = LinkFor.PERSON) -> Callable[[Inner[P]], Callable[..., HttpResponse]]:
    """Give the view the story whose secret the address holds; to anybody else it is not there."""

    def gate(view: Inner[P]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def found(
            request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs
        ) -> HttpResponse:
            request.shown_as = reverse("visibility:tell")  # type: ignore[attr-defined]
            story = links.story_of(token, purpose)
            if story is None:
                response = render(request, "visibility/tell/no_story.html", status=404)
            else:
                response = view(request, story, token, *args, **kwargs)
            response["Referrer-Policy"] = "no-referrer"
            response["X-Robots-Tag"] = "noindex"
            return response

        return csrf_exempt(found)

    return gate
