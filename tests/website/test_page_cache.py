"""The page cache: keeps what is public, never what is private, forgets at once when told."""

import gzip
import threading
from collections import Counter
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest
from django.core.handlers.wsgi import WSGIHandler
from django.core.signals import request_finished, request_started
from django.db import close_old_connections

from benchside.website import page_cache
from benchside.website.page_cache import PageCache, Shelf
from benchside.website.stamps import FileStamp

PUBLIC = [("Content-Type", "text/html; charset=utf-8"), ("Cache-Control", "public, max-age=60")]


class Site:
    """A WSGI application that counts how often it is asked."""

    def __init__(self, headers: list[tuple[str, str]] = PUBLIC, status: str = "200 OK") -> None:
        self.asked = 0
        self.headers, self.status = headers, status
        self.closed = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterator[bytes]:
        self.asked += 1
        start_response(self.status, list(self.headers))
        return iter([f"page {self.asked} ".encode() * 100])


class Front:
    def __init__(self, site: Any, tmp_path: Any) -> None:
        self.seen: Counter[str] = Counter()
        self.stamp = FileStamp(tmp_path / "stamp")
        self.cache = PageCache(
            site, stamp=self.stamp, visited=lambda p: self.seen.update([p]), private_cookie="sess"
        )

    def get(self, path: str = "/", **headers: str) -> tuple[str, dict[str, str], bytes]:
        environ: dict[str, Any] = {}
        path, _, query = path.partition("?")
        setup_testing_defaults(environ)
        environ |= {"PATH_INFO": path, "QUERY_STRING": query, **headers}
        said: list[Any] = []
        body = b"".join(self.cache(environ, lambda *args: said.append(args)))
        return said[0][0], dict(said[0][1]), body


def test_second_request_does_not_reach_the_site(tmp_path: Any) -> None:
    site = Site()
    front = Front(site, tmp_path)
    first, second = front.get("/a/"), front.get("/a/")
    assert first[2] == second[2]
    assert site.asked == 1
    assert second[1]["Content-Length"] == str(len(second[2]))


@pytest.mark.parametrize(
    "other",
    [
        {"path": "/b/"},
        {"path": "/a/?page=2"},
        {"HTTP_HOST": "other.example"},
        {"HTTP_HX_REQUEST": "true"},
        {"HTTP_ACCEPT_ENCODING": "gzip"},
    ],
)
def test_another_page_host_or_form_is_another_entry(tmp_path: Any, other: dict[str, str]) -> None:
    site = Site()
    front = Front(site, tmp_path)
    front.get("/a/")
    front.get(**({"path": "/a/"} | other))
    assert site.asked == 2


@pytest.mark.parametrize(
    ("headers", "status"),
    [
        ([("Content-Type", "text/html"), ("Cache-Control", "private, no-store")], "200 OK"),
        ([("Content-Type", "text/html")], "200 OK"),
        ([*PUBLIC, ("Set-Cookie", "x=1")], "200 OK"),
        (PUBLIC, "404 Not Found"),
        (PUBLIC, "302 Found"),
    ],
)
def test_what_is_not_public_is_never_kept(tmp_path: Any, headers: Any, status: str) -> None:
    site = Site(headers, status)
    front = Front(site, tmp_path)
    front.get("/a/")
    front.get("/a/")
    assert site.asked == 2


def test_signed_in_visitor_goes_past_the_cache(tmp_path: Any) -> None:
    site = Site()
    front = Front(site, tmp_path)
    front.get("/a/")
    _, _, body = front.get("/a/", HTTP_COOKIE="other=1; sess=abc")
    assert site.asked == 2
    assert body.startswith(b"page 2 ")
    assert front.get("/a/")[2].startswith(b"page 1 ")


def test_post_is_passed_on(tmp_path: Any) -> None:
    site = Site()
    front = Front(site, tmp_path)
    front.get("/a/", REQUEST_METHOD="POST")
    front.get("/a/", REQUEST_METHOD="POST")
    assert site.asked == 2


def test_purge_forgets_every_page(tmp_path: Any) -> None:
    site = Site()
    front = Front(site, tmp_path)
    front.get("/a/")
    front.stamp.purge()
    assert front.get("/a/")[2].startswith(b"page 2 ")


def test_purge_reaches_another_worker(tmp_path: Any) -> None:
    site = Site()
    front = Front(site, tmp_path)
    front.get("/a/")
    FileStamp(tmp_path / "stamp").purge()  # as another process would
    front.get("/a/")
    assert site.asked == 2


def test_page_made_while_a_purge_happens_is_not_served(tmp_path: Any) -> None:
    front: Front

    class Slow(Site):
        def __call__(self, environ: Any, start_response: Any) -> Iterator[bytes]:
            answer = super().__call__(environ, start_response)
            if self.asked == 1:
                front.stamp.purge()
            return answer

    site = Slow()
    front = Front(site, tmp_path)
    assert front.get("/a/")[2].startswith(b"page 1 ")
    assert front.get("/a/")[2].startswith(b"page 2 ")


def test_missing_stamp_means_nothing_is_served_from_the_cache(tmp_path: Any) -> None:
    site = Site()
    front = Front(site, tmp_path)
    front.get("/a/")
    (tmp_path / "stamp").unlink()
    front.get("/a/")
    assert site.asked == 2


def test_compressed_once_and_only_for_those_who_ask(tmp_path: Any) -> None:
    front = Front(Site(), tmp_path)
    _, headers, body = front.get("/a/", HTTP_ACCEPT_ENCODING="br, gzip")
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body).startswith(b"page 1 ")
    assert "Accept-Encoding" in headers["Vary"]
    assert "Content-Encoding" not in front.get("/a/")[1]


def test_same_page_is_not_sent_twice(tmp_path: Any) -> None:
    front = Front(Site(), tmp_path)
    etag = front.get("/a/")[1]["ETag"]
    status, _, body = front.get("/a/", HTTP_IF_NONE_MATCH=etag)
    assert (status, body) == ("304 Not Modified", b"")


def test_every_person_is_counted_and_no_robot(tmp_path: Any) -> None:
    front = Front(Site(), tmp_path)
    front.get("/a/", HTTP_USER_AGENT="Mozilla/5.0 (Android 15) Firefox/140")
    front.get("/a/?q=1", HTTP_USER_AGENT="Mozilla/5.0 (Macintosh)")
    front.get("/a/", HTTP_USER_AGENT="Examplebot/2.1")
    front.get("/a/", HTTP_COOKIE="sess=1")
    assert front.seen == {"/a/": 3}


def test_missing_pages_and_files_are_not_counted(tmp_path: Any) -> None:
    for site in (Site(status="404 Not Found"), Site([("Content-Type", "text/css"), PUBLIC[1]])):
        front = Front(site, tmp_path)
        front.get("/a/")
        front.get("/a/")
        assert front.seen == {}


def test_shelf_puts_out_the_oldest() -> None:
    class Thing:
        size = 10

    shelf = Shelf(most=3, most_bytes=25)
    for name in "abc":
        shelf.put((name, "", "", False, False), Thing())  # type: ignore[arg-type]
    assert [key[0] for key in shelf.kept] == ["b", "c"]


def test_many_threads_get_the_right_page(tmp_path: Any) -> None:
    def site(environ: Any, start_response: Any) -> list[bytes]:
        start_response("200 OK", PUBLIC)
        return [environ["PATH_INFO"].encode()]

    front = Front(site, tmp_path)
    front.cache.shelf.most = 5
    wrong: list[str] = []

    def ask(start: int) -> None:
        for number in range(start, start + 300):
            path = f"/{number % 17}/"
            if front.get(path)[2] != path.encode():
                wrong.append(path)

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert wrong == []


@pytest.fixture
def one_connection() -> Iterator[None]:
    """Django's handler closes old connections around a request; a test's own must stay open."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.mark.django_db
@pytest.mark.usefixtures("one_connection")
def test_health_is_never_kept(tmp_path: Any) -> None:
    front = Front(WSGIHandler(), tmp_path)
    assert front.get("/healthz", HTTP_HOST="testserver")[0] == "200 OK"
    assert front.get("/robots.txt", HTTP_HOST="testserver")[0] == "200 OK"
    kept = {key[1] for key in front.cache.shelf.kept}
    assert kept == {"/robots.txt"}


@pytest.mark.parametrize(
    ("said", "seconds"), [("public, max-age=60, s-maxage=60", 60), ("public, max-age=86400", 240),
                          ("public, no-cache", 240)],
)  # fmt: skip
def test_kept_no_longer_than_it_says_nor_than_four_minutes(
    said: str, seconds: int, tmp_path: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    """So that even a purge that was lost with its process is made up for within five minutes."""
    now = [1_000.0]
    monkeypatch.setattr(page_cache, "time", SimpleNamespace(monotonic=lambda: now[0]))
    site = Site([("Content-Type", "text/html"), ("Cache-Control", said)])
    front = Front(site, tmp_path)
    front.get("/a/")
    now[0] += seconds - 1
    front.get("/a/")
    assert site.asked == 1
    now[0] += 2
    front.get("/a/")
    assert site.asked == 2
