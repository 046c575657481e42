"""What holds for every public page: one title, headings in order, nothing inline, nobody else."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker

from benchside.core.reading import grade
from benchside.website.context import Link, menu
from benchside.website.views import errors
from tests import databases
from tests.factories.campaigns import a_day

PAGES = [
    "/",
    "/careers/",
    "/careers/roles/",
    "/careers/roles/?q=fixes+planes&subject=physics",
    "/careers/roles/?q=zzzzqqq",
    "/careers/roles/?subject=magic",
    "/careers/roles/wind-turbine-technician/",
    "/careers/roles/special-effects-make-up-technician/",
    "/careers/sectors/health/",
    "/careers/roles/compare/",
    "/careers/roles/compare/?role=lighting-technician&role=sound-technician",
    "/careers/roles/favourites/",
    "/careers/class/",
    "/careers/class/new/",
    "/careers/class/worksheet/",
    "/search/",
    "/search/?q=fixes+planes",
    "/parents/",
    "/teachers/",
    "/about/",
    "/privacy/",
    "/accessibility/",
    "/news/",
    "/news/a-hundred-jobs/",
    "/design/",
    "/concern/",
]
VOID = {"meta", "link", "input", "br", "hr", "img", "path", "circle", "use", "ellipse", "rect"}
# Words that are markup's own, or set beside their meaning, not sentences a reader reads.
NOT_READ = {"script", "style", "code", "svg", "dl", "nav", "select", "label", "th", "footer"}


class Outline(HTMLParser):
    """What a page is made of, read with the standard library's parser."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.headings: list[int] = []
        self.ids: list[str] = []
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.sentences: list[str] = []
        self._open: list[str] = []
        self._words: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        self.tags.append((tag, found))
        if re.fullmatch(r"h[1-6]", tag):
            self.headings.append(int(tag[1]))
        if found.get("id"):
            self.ids.append(found["id"])
        if tag not in VOID:
            self._open.append(tag)
        if tag in {"p", "li"}:
            self._words = []

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop() != tag:
            pass
        text = " ".join(" ".join(self._words).split())
        if tag == "p" and text:
            self.sentences.append(text)

    def handle_data(self, data: str) -> None:
        if "p" in self._open and not NOT_READ & set(self._open):
            self._words.append(data)


@pytest.fixture(scope="module")
def _loaded(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    def load() -> None:
        call_command("load_catalogue", verbosity=0)
        call_command("first_pages", verbosity=0)

    with databases.loaded(django_db_blocker, load):
        yield


@pytest.fixture(scope="module")
def site(_loaded: None) -> dict[str, Any]:
    """The catalogue and the first pages; holds each page as it was first answered."""
    return {}


@pytest.fixture
def client(site: dict[str, Any], db: None) -> Client:
    return Client()


@pytest.fixture
def page(site: dict[str, Any], client: Client, request: pytest.FixtureRequest) -> Any:
    if request.param not in site:
        site[request.param] = client.get(request.param)
    return site[request.param]


def every(argument: str = "page") -> Any:
    return pytest.mark.parametrize(argument, PAGES, indirect=[argument])


@every()
def test_one_title_and_headings_in_order(page: Any) -> None:
    assert page.status_code == 200
    outline = Outline(page.content.decode())
    assert outline.headings.count(1) == 1
    assert outline.headings[0] == 1
    steps = zip(outline.headings, outline.headings[1:], strict=False)
    assert [(one, other) for one, other in steps if other > one + 1] == []


@every()
def test_nothing_inline_and_nobody_else(page: Any) -> None:
    html = page.content.decode()
    for tag, attrs in Outline(html).tags:
        assert "style" not in attrs, f"<{tag}> carries a style"
        assert not [name for name in attrs if name.startswith("on")], f"<{tag}> carries a handler"
        assert tag != "style"
        if tag == "script":
            assert attrs.get("src") or attrs.get("type") == "application/ld+json"
        fetched = [attrs.get("src")]
        if tag == "link" and attrs.get("rel") not in {"canonical", "license"}:
            fetched.append(attrs.get("href"))
        if tag == "use":
            fetched.append(attrs.get("href"))
        for address in filter(None, fetched):
            assert re.match(r"/[^/]", address), address


@every()
def test_no_cookie(page: Any) -> None:
    assert page.cookies == {}


@every()
def test_ids_are_unique_and_labels_lead_to_them(page: Any) -> None:
    outline = Outline(page.content.decode())
    assert sorted(outline.ids) == sorted(set(outline.ids))
    for _, attrs in outline.tags:
        for name in ("for", "aria-labelledby", "aria-describedby"):
            for target in attrs.get(name, "").split():
                assert target in outline.ids, f"{name} names {target}, which is not there"


@every()
def test_a_concern_can_be_reported_from_here(page: Any) -> None:
    links = [attrs.get("href", "") for tag, attrs in Outline(page.content.decode()).tags]
    path = page.wsgi_request.path.replace("/", "%2F")
    assert f"/concern/?about={path}" in links


@every()
def test_description_and_address_for_search_engines(page: Any) -> None:
    tags = Outline(page.content.decode()).tags
    descriptions = [a["content"] for t, a in tags if t == "meta" and a.get("name") == "description"]
    assert len(descriptions) == 1
    assert 20 <= len(descriptions[0]) <= 250
    assert len([a for t, a in tags if t == "link" and a.get("rel") == "canonical"]) == 1


@every()
def test_words_a_pupil_can_read(page: Any) -> None:
    text = "\n\n".join(Outline(page.content.decode()).sentences)
    assert grade(text) <= 6.5


def test_menu_and_footer_lead_somewhere(client: Client) -> None:
    html = client.get("/").content.decode()
    links = {a["href"] for tag, a in Outline(html).tags if tag == "a" and "href" in a}
    inside = sorted(url for url in links if url.startswith("/"))
    assert len(inside) > 100
    assert [url for url in inside if client.get(url).status_code not in {200, 302}] == []


@pytest.mark.parametrize(
    ("path", "label"),
    [
        ("/careers/roles/", "Roles"),
        ("/careers/roles/wind-turbine-technician/", "Roles"),
        ("/careers/", "Sectors"),
        ("/careers/sectors/health/", "Sectors"),
        ("/stories/embed/", "Stories"),
    ],
)
def test_the_menu_says_where_we_are(path: str, label: str) -> None:
    door = Link("Sign in", "/accounts/login/")
    assert [link.label for link in menu(path, door) if link.current] == [label]


@pytest.mark.parametrize("code", [400, 403, 404, 500])
def test_an_error_page_needs_neither_database_nor_context(code: int) -> None:
    """No `db` fixture: a query would fail the test."""
    request = RequestFactory().get("/")
    answer = {
        400: lambda: errors.bad_request(request, ValueError()),
        403: lambda: errors.forbidden(request, PermissionError()),
        404: lambda: errors.not_found(request, LookupError()),
        500: lambda: errors.server_error(request),
    }[code]()
    html = answer.content.decode()
    assert answer.status_code == code
    assert Outline(html).headings == [1]
    assert 'action="/careers/roles/"' in html
    assert "/concern/" in html
    assert grade("\n\n".join(Outline(html).sentences)) <= 6.5


def test_an_error_page_stands_without_collected_files(settings: Any) -> None:
    manifest = {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    settings.STORAGES = settings.STORAGES | {"staticfiles": manifest}
    html = render_to_string("website/errors/500.html", {"code": 500, "title": "Out of order"})
    assert 'href="/static/core/css/sheet.css"' in html


def test_an_error_page_quotes_the_request(client: Client) -> None:
    answer = client.get("/no-such-page/", headers={"X-Request-Id": "feedface-0001"})
    assert answer.status_code == 404
    assert "feedface-0001" in answer.content.decode()


def test_a_hostile_address_is_shown_as_text(client: Client) -> None:
    hostile = "/careers/roles/?q=%22%3E%3Cscript%3Ealert(1)%3C/script%3E&subject=%3Cb%3E"
    html = client.get(hostile).content.decode()
    assert "<script>alert" not in html
    assert "<b>" not in html
    assert "&lt;script&gt;" in html


def test_home_stays_within_its_budget_of_queries(client: Client) -> None:
    client.get("/")
    with CaptureQueriesContext(
        connection,
    ) as asked:
        client.get("/")
    assert len(asked) <= 18  # the design's budget for the home page


@pytest.mark.parametrize("path", ["/", "/teachers/"])
def test_readers_are_told_what_they_can_join(client: Client, path: str) -> None:
    heading = "What is on" if path == "/" else "What you can join now"
    assert heading not in client.get(path).content.decode()
    day = a_day()
    html = client.get(path).content.decode()
    assert heading in html
    assert f'href="{day.get_absolute_url()}"' in html
    assert heading not in client.get("/parents/").content.decode()
