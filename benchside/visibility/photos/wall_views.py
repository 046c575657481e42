"""The wall for everybody: pages kept whole by the page cache, the same for all."""

import uuid

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.timezone import localtime
from django.views.decorators.http import require_safe

from benchside.core.xml_text import xml_text
from benchside.visibility.photos.wall import read
from benchside.visibility.photos.wall_pictures import ON_THE_WALL, WHOLE
from benchside.visibility.photos.wall_queries import A_PAGE, FIRST_SEEN, Wall, one, schools
from benchside.visibility.photos.wall_shapes import Hanging, hanging
from benchside.visibility.views.public import framed

IN_A_FRAME, ON_A_SCREEN, IN_A_FEED = 12, 60, 40


@require_safe
def wall(request: HttpRequest) -> HttpResponse:
    """A stretch of the wall. What the address asks for and we do not have is said and left out.

    found    of `wall_queries.Wall`
    shots    of `wall_shapes.Hanging`, one each
    """
    found = _wall(request)
    context = {
        "found": found,
        "shots": hanging(found.photos, at_once=FIRST_SEEN),
        "filters": found.filters(),
        "screen_url": reverse("visibility:wall_screen") + found.asked.at_the_top.query_string,
        "feed_url": reverse("visibility:wall_atom") + found.asked.at_the_top.query_string,
    }
    return render(request, "visibility/photos/wall.html", context)


@require_safe
def photo(request: HttpRequest, key: uuid.UUID) -> HttpResponse:
    """One photograph. Hidden, withdrawn, waiting and never there are the same 404."""
    found = one(key)
    if found is None:
        raise Http404
    of_school = f"{reverse('visibility:wall')}?school={found.photo.school_slug}"
    context = {
        "one": found,
        "hanging": Hanging(found.photo, found.shot, "eager"),
        "photo": found.photo,
        "url": settings.BASE_URL + reverse("visibility:wall_photo", args=[key]),
        "school_url": of_school if found.photo.school_slug else "",
    }
    return render(request, "visibility/photos/photo.html", context)


@require_safe
def by_school(request: HttpRequest) -> HttpResponse:
    """Every school on the wall, with what a site of its own needs to show its pictures."""
    return render(request, "visibility/photos/schools.html", {"schools": schools()})


@require_safe
def screen(request: HttpRequest) -> HttpResponse:
    """For a hall. The script turns the pictures over. Without it they are a grid, which with
    `plain` in the address loads itself anew each minute."""
    found = _wall(request, ON_A_SCREEN, WHOLE)
    feed = reverse("api-v1:wall") + found.asked.at_the_top.query_string
    joiner = "&" if "?" in feed else "?"
    context = {
        "found": found,
        "shots": hanging(found.photos, at_once=1, whole=True),
        "feed": f"{feed}{joiner}limit={ON_A_SCREEN}",
        "is_plain": "plain" in request.GET,
        "plain_url": f"{request.path}{found.asked.at_the_top.query_string}{joiner}plain=yes",
    }
    response = render(request, "visibility/photos/screen.html", context)
    if context["is_plain"]:
        response["Refresh"] = "60"
    return response


@framed
@require_safe
def embed(request: HttpRequest) -> HttpResponse:
    """The newest, for a frame on the site of a school or a partner. 404 for a school without."""
    found = _wall(request, IN_A_FRAME)
    if found.ignored:
        raise Http404
    context = {"found": found, "shots": hanging(found.photos, at_once=2), "embedded": True}
    return render(request, "visibility/photos/embed.html", context)


@require_safe
def atom(request: HttpRequest) -> HttpResponse:
    """The newest as Atom (RFC 4287), each with its picture enclosed."""
    found = _wall(request, IN_A_FEED, WHOLE)
    if found.ignored:
        raise Http404
    context = {
        "found": found,
        "shots": hanging(found.photos, at_once=0, whole=True),
        "updated": localtime(found.newest) if found.newest else None,
        "self_url": settings.BASE_URL + request.get_full_path(),
    }
    kind = "application/atom+xml; charset=utf-8"
    text = render_to_string("visibility/photos/wall.atom", context, request)
    return HttpResponse(xml_text(text), content_type=kind)


def _wall(request: HttpRequest, size: int = A_PAGE, specs: tuple[str, ...] = ON_THE_WALL) -> Wall:
    return Wall(read(request.GET.dict()), reverse("visibility:wall"), size, specs)
