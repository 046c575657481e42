"""The search page, and the written pages in it."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from pytest_django import DjangoDbBlocker
from wagtail.models import Page, PageViewRestriction

from benchside.core.models import SearchDocument
from benchside.core.search.query import search
from benchside.website import first_pages
from benchside.website.models import GuidePage, HomePage, TextPage
from tests import databases


@pytest.fixture(scope="module")
def _filled(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[None]:
    with databases.loaded(django_db_blocker, lambda: call_command("load_catalogue", verbosity=0)):
        yield


@pytest.fixture
def roles(_filled: None, db: None) -> None:
    """A hundred roles and twelve sectors."""


@pytest.fixture
def home(db: None) -> Page:
    first_pages.write_first_pages()
    return HomePage.objects.get()


def publish(home: Page, **fields: Any) -> TextPage:
    page = TextPage(
        **{"title": "Quokkas", "lead": "All of them.", "body": "<p>Wombats too.</p>"} | fields
    )
    home.add_child(instance=page)
    page.save_revision().publish()
    return page


def titles(query: str) -> list[str]:
    return [hit.title for hit in search(query, kinds=("page",)).hits]


# --- pages --------------------------------------------------------------------------------------


def test_a_published_page_is_found_by_its_title_lead_and_words(home: Page) -> None:
    page = publish(home)
    assert titles("quokka") == titles("wombats") == ["Quokkas"]
    (hit,) = search("quokka").hits
    assert (hit.url, hit.summary, hit.why) == (page.url, "All of them.", "In the title")


def test_a_guide_is_found_by_its_questions(home: Page) -> None:
    guide = GuidePage(title="For wombats", reader="Wombats")
    guide.questions = [
        ("question", {"question": "Can a wombat go to university?", "answer": "<p>Yes.</p>"})
    ]
    home.add_child(instance=guide)
    guide.save_revision().publish()
    (hit,) = search("wombat university", kinds=("page",)).hits
    assert hit.why == "Answers: Can a wombat go to university?"


def test_a_draft_is_not_found_until_it_is_published(home: Page) -> None:
    page = publish(home)
    page.title = "Axolotls"
    page.save_revision()
    assert titles("axolotl") == []
    page.get_latest_revision().publish()
    assert titles("axolotl") == ["Axolotls"]
    assert titles("quokka") == []


def test_a_page_taken_down_is_gone(home: Page) -> None:
    page = publish(home)
    page.unpublish()
    assert titles("quokka") == []
    assert not SearchDocument.objects.filter(kind="page", key=str(page.pk)).exists()


def test_a_page_thrown_away_is_gone(home: Page) -> None:
    publish(home).delete()
    assert titles("quokka") == []


def test_a_page_for_some_readers_is_not_found(home: Page) -> None:
    page = publish(home)
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles("quokka") == []
    restriction.delete()
    assert titles("quokka") == ["Quokkas"]


def test_a_page_that_got_another_address_is_found_there(home: Page) -> None:
    page = publish(home)
    page.slug = "marsupials"
    page.save_revision().publish()
    (hit,) = search("quokka").hits
    assert hit.url.endswith("/marsupials/")


def test_the_home_page_is_no_result(home: Page) -> None:
    home.title = "Quokkas everywhere"
    home.save_revision().publish()
    assert titles("quokka") == []


# --- the search page ----------------------------------------------------------------------------


def test_an_empty_search_says_what_to_do(client: Client, roles: None) -> None:
    response = client.get("/search/")
    assert response.status_code == 200
    assert response.context["is_empty"]
    assert "fixes planes" in response.content.decode()


def test_results_of_every_kind_with_their_reasons(client: Client, roles: None) -> None:
    response = client.get("/search/", {"q": "animals"})
    assert {hit.kind for hit in response.context["hits"]} == {"role", "route", "sector"}
    assert "Work with animals" in response.context["understood"]
    labels = [(kind.label, kind.is_current) for kind in response.context["kinds"]]
    assert labels[0] == ("Everything", True)
    assert ("Sectors", False) in labels


def test_one_kind_alone(client: Client, roles: None) -> None:
    response = client.get("/search/", {"q": "animals", "kind": "sector"})
    assert [hit.title for hit in response.context["hits"]] == ["Animals, land and sea"]
    assert response.context["total"] == 1
    assert [kind.key for kind in response.context["kinds"] if kind.is_current] == ["sector"]


def test_pages_of_results_hold_each_hit_once(client: Client, roles: None) -> None:
    seen: list[str] = []
    url = "/search/?q=technician"
    while url:
        response = client.get(url)
        seen += [hit.url for hit in response.context["hits"]]
        url = response.context["next_url"]
    assert len(seen) == len(set(seen)) == response.context["total"] > 20


@pytest.mark.parametrize("page", ["0", "-1", "x", "99", "9" * 50, "²", ""])
def test_a_page_that_is_not_there_is_answered_kindly(
    client: Client, roles: None, page: str
) -> None:
    response = client.get("/search/", {"q": "technician", "page": page})
    assert response.status_code == 200
    assert len(response.context["hits"]) > 0


def test_a_kind_that_is_not_there_is_named_and_left_out(client: Client, roles: None) -> None:
    response = client.get("/search/", {"q": "fixes planes", "kind": "spell"})
    assert response.context["ignored"] == [
        "There is no such kind of page here, so this shows every kind."
    ]
    assert response.context["hits"][0].title == "Aircraft maintenance technician"


@pytest.mark.parametrize(
    "query", ["\x00", "%", "<script>alert(1)</script>", "a" * 10_000, "🛠" * 500, "שלום", "the of a"]
)
def test_hostile_words_get_a_page(client: Client, roles: None, query: str) -> None:
    response = client.get("/search/", {"q": query})
    assert response.status_code == 200
    assert "<script>alert" not in response.content.decode()
    assert len(response.content) < 60_000


def test_a_long_query_says_that_it_was_cut(client: Client, roles: None) -> None:
    response = client.get("/search/", {"q": "planes " * 100})
    assert response.context["ignored"] == [
        "That was long, so only its first 200 letters were used."
    ]


def test_it_sets_no_cookie_is_not_for_robots_and_only_reads(client: Client, roles: None) -> None:
    client.get("/search/", {"q": "warm up"})
    with CaptureQueriesContext(connection) as seen:
        response = client.get("/search/", {"q": "work with animals"})
    assert not response.cookies
    assert response["X-Robots-Tag"] == "noindex"
    assert len(seen) <= 15
    assert client.post("/search/", {"q": "planes"}).status_code == 405
