"""The page cache: public pages kept whole, in front of Django.

A WSGI application around the site. What it may keep is decided behind it: only a 200 answer to
a GET that sets no cookie and says `Cache-Control: public` (see `middleware.PublicPages`). A
purge changes one stamp that every worker looks at on each request, so a page taken down is
gone everywhere at once. Knows nothing of Django.
"""

import gzip
import hashlib
import re
import threading
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

Environ = dict[str, Any]
Headers = list[tuple[str, str]]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Key = tuple[str, str, str, bool, bool]

KEEP_SECONDS = 240  # a purge that was lost with its process is made up for within five minutes
LONGEST_QUERY = 200
LARGEST_PAGE = 1_000_000  # bytes
MAX_AGE = re.compile(r"(?:^|[ ,])max-age=(\d{1,9})")
ROBOT = re.compile(r"bot|crawl|spider|slurp|headless-check|monitor", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Kept:
    stamp: object
    until: float  # time.monotonic() seconds
    headers: Headers
    body: list[bytes]
    etag: str
    is_page: bool
    size: int

    @property
    def without_length(self) -> Headers:
        return [header for header in self.headers if header[0] != "Content-Length"]


class Shelf:
    """Kept answers, oldest put out first once there are too many or they weigh too much."""

    def __init__(self, *, most: int = 2_000, most_bytes: int = 64_000_000) -> None:
        self.most, self.most_bytes = most, most_bytes
        self.kept: dict[Key, Kept] = {}
        self._bytes = 0
        self._lock = threading.Lock()
        self.get = self.kept.get  # one attribute look-up less on every hit

    def put(self, key: Key, kept: Kept) -> None:
        with self._lock:
            self._drop(key)
            self.kept[key] = kept
            self._bytes += kept.size
            while len(self.kept) > self.most or self._bytes > self.most_bytes:
                self._drop(next(iter(self.kept)))

    def _drop(self, key: Key) -> None:
        old = self.kept.pop(key, None)
        if old is not None:
            self._bytes -= old.size


class PageCache:
    """Wrap `application`; `stamp()` must change when pages must be made anew.

    `visited(path)` is called for each page seen by a person, from the cache or not.
    """

    def __init__(
        self,
        application: Application,
        *,
        stamp: Callable[[], object],
        visited: Callable[[str], None],
        private_cookie: str,
    ) -> None:
        self.application = application
        self.stamp = stamp
        self.visited = visited
        self.private_cookie = private_cookie
        self.shelf = Shelf()

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        cookie = environ.get("HTTP_COOKIE")
        if environ["REQUEST_METHOD"] != "GET" or (cookie and self.private_cookie in cookie):
            return self._pass(environ, start_response)
        key = (
            environ.get("HTTP_HOST", ""),
            environ["PATH_INFO"],
            environ["QUERY_STRING"],
            "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""),
            "HTTP_HX_REQUEST" in environ,
        )
        kept = self.shelf.get(key)
        if kept is None or kept.stamp != self.stamp() or kept.until < time.monotonic():
            return self._make(key, environ, start_response)
        if kept.is_page:
            self._count(environ)
        if environ.get("HTTP_IF_NONE_MATCH") == kept.etag:
            start_response("304 Not Modified", kept.without_length)
            return []
        start_response("200 OK", kept.headers)
        return kept.body

    def _count(self, environ: Environ) -> None:
        if not ROBOT.search(environ.get("HTTP_USER_AGENT", "")):
            self.visited(environ["PATH_INFO"])

    def _pass(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        answer = Answer()
        body = self.application(environ, answer.start(start_response))
        if environ["REQUEST_METHOD"] == "GET" and answer.is_page:
            self._count(environ)
        return body

    def _make(self, key: Key, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        # Taken before the page is made: a purge meanwhile must not keep the old page alive.
        stamp = self.stamp()
        answer = Answer()
        chunks = self.application(environ, answer.hold())
        if answer.is_page:
            self._count(environ)
        if not answer.may_be_kept or len(key[2]) > LONGEST_QUERY:
            start_response(*answer.args)
            return chunks
        body = b"".join(chunks)
        if hasattr(chunks, "close"):
            chunks.close()
        if len(body) > LARGEST_PAGE:
            start_response(*answer.args)
            return [body]
        kept = keep(answer, body, stamp=stamp, zipped=key[3])
        self.shelf.put(key, kept)
        start_response("200 OK", kept.headers)
        return kept.body


class Answer:
    """What the application said through start_response."""

    def __init__(self) -> None:
        self.status = ""
        self.headers: Headers = []
        self.args: tuple[Any, ...] = ()

    def hold(self) -> StartResponse:
        def start(status: str, headers: Headers, exc_info: Any = None) -> None:
            self.status, self.headers = status, headers
            self.args = (status, headers, exc_info) if exc_info else (status, headers)

        return start

    def start(self, start_response: StartResponse) -> StartResponse:
        hold = self.hold()

        def start(status: str, headers: Headers, exc_info: Any = None) -> Any:
            hold(status, headers, exc_info)
            return start_response(*self.args)

        return start

    def header(self, name: str) -> str:
        return next((value for key, value in self.headers if key.lower() == name), "")

    @property
    def is_page(self) -> bool:
        """One to count by its address; but not what is for one person, nor where the address itself
        is a secret."""
        return (
            self.status.startswith("200")
            and self.header("content-type").startswith("text/html")
            and self.header("referrer-policy") != "no-referrer"
            and "no-store" not in self.header("cache-control")
        )

    @property
    def max_age(self) -> int:
        """For how long any cache may keep it, where it says so itself."""
        said = MAX_AGE.search(self.header("cache-control"))
        return int(said[1]) if said else KEEP_SECONDS

    @property
    def may_be_kept(self) -> bool:
        return (
            self.status.startswith("200")
            and "public" in self.header("cache-control")
            and not self.header("set-cookie")
            and not self.header("content-encoding")
        )


def keep(answer: Answer, body: bytes, *, stamp: object, zipped: bool) -> Kept:
    """Make the answer ready to be sent again: compressed once, with its own ETag."""
    headers = [
        (name, value)
        for name, value in answer.headers
        if name.lower() not in {"content-length", "etag", "x-request-id"}
    ]
    if zipped and len(body) > 500:
        body = gzip.compress(body, compresslevel=6, mtime=0)
        headers.append(("Content-Encoding", "gzip"))
    etag = f'"{hashlib.sha256(body).hexdigest()[:24]}"'
    headers += [
        ("Content-Length", str(len(body))),
        ("ETag", etag),
        ("Vary", "Accept-Encoding, Cookie, HX-Request"),
    ]
    headers = [h for h in headers if h[0] != "Vary"] + [headers[-1]]
    return Kept(
        stamp=stamp,
        until=time.monotonic() + min(KEEP_SECONDS, answer.max_age),
        headers=headers,
        body=[body],
        etag=etag,
        is_page=answer.is_page,
        size=len(body) + 1_000,
    )
