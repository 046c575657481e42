"""Rounds of awards, as everybody sees them."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from benchside.recognition.nominations import queries


@require_safe
def rounds(request: HttpRequest) -> HttpResponse:
    return render(request, "recognition/nominations/rounds.html", {"rounds": queries.rounds()})


@require_safe
def one(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(queries.rounds(), slug=slug)
    version = queries.version_of(found)
    categories = queries.categories_of(found)
    listed = list(queries.shortlist(found))
    groups = [
        (title, [one for one in listed if one.category == key]) for key, title in categories.items()
    ]
    context = {
        "round": found,
        "standard": version.standard if version else None,
        "groups": [(title, people) for title, people in groups if people],
        "is_announced": found.announced_at is not None,
    }
    return render(request, "recognition/nominations/round.html", context)
