"""Files handed out: public pictures to everyone, private ones to who may see them."""

import re
from pathlib import PurePosixPath

from django.core.exceptions import SuspiciousOperation
from django.core.files.storage import storages
from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.utils.http import http_date
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from benchside.core.models import Picture
from benchside.core.pictures import may_see

PICTURE = re.compile(r"pictures/(?P<key>[0-9a-f]{32})/[^/]+")
TYPES = {
    ".jpg": "image/jpeg",
    ".png": "image/png",
    ".webp": "image/webp",
    ".avif": "image/avif",
}


def _handed_out(alias: str, name: str) -> HttpResponseBase:
    content_type = TYPES.get(PurePosixPath(name).suffix)
    if content_type is None:
        raise Http404
    storage = storages[alias]
    try:
        file = storage.open(name)
        changed = storage.get_modified_time(name)
    except (OSError, ValueError, SuspiciousOperation) as error:
        raise Http404 from error
    response = FileResponse(file, content_type=content_type)
    response["Last-Modified"] = http_date(changed.timestamp())
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


@require_safe
@cache_control(public=True, max_age=31_536_000, s_maxage=300, immutable=True)
def public(request: HttpRequest, name: str) -> HttpResponseBase:
    """A public file. Its name changes with its content, so a browser keeps it for good;
    a cache shared by many asks again after five minutes, when it may have been withdrawn."""
    return _handed_out("public", name)


@require_safe
@cache_control(private=True, no_store=True)
def private(request: HttpRequest, name: str) -> HttpResponseBase:
    """An original, or a rendition of a picture not approved. 404 to whom it is not shown."""
    found = PICTURE.fullmatch(name)
    if found is None:
        raise Http404
    picture = get_object_or_404(Picture, key=found["key"])
    if not may_see(request.user, picture):
        raise Http404
    return _handed_out("private", name)
