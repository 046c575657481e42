"""Films played: approved ones by everyone, others by who may see them.

The address of a film is its key alone. It is asked at each request whether it is approved, and
caches keep it no longer than five minutes, so that one that is withdrawn stops. It does not say
"public": the page cache would hold it in memory, whole and beyond its withdrawal.
"""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from benchside.core.films import may_see
from benchside.core.models import Film, FilmState
from benchside.core.views.ranges import hand_out


@require_safe
@cache_control(max_age=300)
def public_film(request: HttpRequest, key: UUID) -> HttpResponseBase:
    return _film(request, _approved(key))


@require_safe
@cache_control(private=True, no_store=True)
def private_film(request: HttpRequest, key: UUID) -> HttpResponseBase:
    return _film(request, _seen_by(request, key))


@require_safe
@cache_control(max_age=300)
def public_captions(request: HttpRequest, key: UUID) -> HttpResponseBase:
    return _captions(_approved(key))


@require_safe
@cache_control(private=True, no_store=True)
def private_captions(request: HttpRequest, key: UUID) -> HttpResponseBase:
    return _captions(_seen_by(request, key))


def _approved(key: UUID) -> Film:
    return _found(Film.objects.filter(key=key, approved_at__isnull=False).first())


def _seen_by(request: HttpRequest, key: UUID) -> Film:
    film = _found(Film.objects.filter(key=key, state=FilmState.READY).first())
    if not may_see(request.user, film):
        raise Http404
    return film


def _found(film: Film | None) -> Film:
    if film is None:
        raise Http404
    return film


def _film(request: HttpRequest, film: Film) -> HttpResponseBase:
    try:
        file = film.file.storage.open(str(film.file.name))
    except OSError as error:
        raise Http404 from error
    response = hand_out(request, file, content_type="video/mp4", tag=film.key.hex)
    return _guarded(response)


def _captions(film: Film) -> HttpResponseBase:
    if not film.captions:
        raise Http404
    return _guarded(HttpResponse(film.captions, content_type="text/vtt; charset=utf-8"))


def _guarded(response: HttpResponseBase) -> HttpResponseBase:
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
