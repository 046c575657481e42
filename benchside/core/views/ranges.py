"""A file handed out in part: films are wound forward, and a phone fetches on where it stopped."""

import re
from collections.abc import Iterator

from django.core.files.base import File
from django.http import HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse

CHUNK = 64 * 1024
RANGE = re.compile(r"bytes=(?P<first>\d{0,15})-(?P<last>\d{0,15})")


def hand_out(request: HttpRequest, file: File, *, content_type: str, tag: str) -> HttpResponseBase:
    """The whole file, the one range that is asked for (206), or 416 when there is no such part.

    `tag` names the content: it is the strong ETag that `If-Range` and `If-None-Match` are
    compared with. Several ranges at once are answered with the whole, as RFC 9110 allows.
    """
    size, tag = file.size, f'"{tag}"'
    asked = RANGE.fullmatch(request.headers.get("Range", "").strip())
    if asked and request.headers.get("If-Range", tag) != tag:
        asked = None
    first, last = _bounds(asked, size) if asked else (0, size - 1)
    response: HttpResponseBase
    if request.headers.get("If-None-Match") == tag:
        file.close()
        response = HttpResponse(status=304)
    elif first > last:
        file.close()
        response = HttpResponse(status=416)
        response["Content-Range"] = f"bytes */{size}"
    else:
        response = _part(file, first, last, content_type)
        if asked:
            response.status_code = 206
            response["Content-Range"] = f"bytes {first}-{last}/{size}"
    response["Accept-Ranges"], response["ETag"] = "bytes", tag
    return response


def _bounds(asked: re.Match[str], size: int) -> tuple[int, int]:
    first, last = asked["first"], asked["last"]
    if first:
        return int(first), min(int(last or size), size - 1)
    if last:  # the last so many bytes
        return (max(0, size - int(last)), size - 1) if int(last) else (size, size - 1)
    return 0, size - 1


def _part(file: File, first: int, last: int, content_type: str) -> StreamingHttpResponse:
    file.seek(first)
    response = StreamingHttpResponse(_Part(file, last - first + 1), content_type=content_type)
    response["Content-Length"] = str(last - first + 1)
    return response


class _Part:
    """So many bytes from where the file stands; closes the file, read or not."""

    def __init__(self, file: File, wanted: int) -> None:
        self.file, self.wanted, self.close = file, wanted, file.close

    def __iter__(self) -> Iterator[bytes]:
        while self.wanted > 0 and (chunk := self.file.read(min(CHUNK, self.wanted))):
            self.wanted -= len(chunk)
            yield chunk
