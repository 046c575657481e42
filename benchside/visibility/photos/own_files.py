"""A sender's own picture, as it was cleaned: to look at, and to keep."""

from typing import Any

from django.http import FileResponse, Http404, HttpRequest, HttpResponseBase

from benchside.visibility.models import Photo

SMALL = "max-480x480|format-webp"


def handed_out(request: HttpRequest, photo: Photo) -> HttpResponseBase:
    """The whole picture as a download, or a small one to look at with `?small`.

    The caller has asked who may. Raises Http404 when there is no picture any more.
    """
    if photo.picture is None:
        raise Http404
    is_small = "small" in request.GET
    file: Any = photo.picture.get_rendition(SMALL).file if is_small else photo.picture.file
    ending = str(file.name).rpartition(".")[2]
    try:
        opened = file.storage.open(file.name)
    except OSError as error:
        raise Http404 from error
    response = FileResponse(
        opened, as_attachment=not is_small, filename=f"photograph-{photo.key.hex[:8]}.{ending}"
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response
