"""In a real browser, as wide as a phone: no title is too long for a page of the log."""

from collections.abc import Iterator
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from benchside.core.models import ImportRun
from tests.factories.cpd import a_logger, an_activity
from tests.factories.technicians import as_themselves
from tests.people.cpd.test_calendar import ics

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
STACKED = """[...document.querySelectorAll('.table-scroll:has(.table--stack)')]
    .every(one => one.scrollWidth <= one.clientWidth)"""
LONG = "Oligonucleotide" * 10  # as long as a title may be, and nowhere to break


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(viewport={"width": 390, "height": 800})
    yield context.new_page()
    context.close()


def open_as(page: Any, live_server: Any, client: Client, path: str) -> None:
    kept = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies(
        [{"name": settings.SESSION_COOKIE_NAME, "value": kept, "url": live_server.url}]
    )
    page.goto(f"{live_server.url}{path}")
    assert page.get_by_text(LONG).first.is_visible()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    assert page.evaluate(STACKED)  # and nothing in a stacked list has to be scrolled to


@pytest.mark.parametrize("where", ["", "delete/"])
def test_a_long_title_breaks(page: Any, live_server: Any, where: str) -> None:
    one = an_activity(a_logger(), LONG)
    client = as_themselves(one.technician.profile)
    open_as(page, live_server, client, f"{one.get_absolute_url()}{where}")


def test_a_long_title_breaks_in_the_list(page: Any, live_server: Any) -> None:
    one = an_activity(a_logger(), LONG)
    client = as_themselves(one.technician.profile)
    open_as(page, live_server, client, "/my/cpd/?year=all")


EVENT = f"UID:a\r\nSUMMARY:{LONG}\r\nDTSTART:20260304T120000\r\nDTEND:20260304T130000"
FILES = {
    "one event": ics(EVENT),
    "a series": ics(f"{EVENT}\r\nRRULE:FREQ=WEEKLY;COUNT=3"),
    "a table": f"Title,Category,From\n{LONG},work,2026-03-04\n".encode(),
    "a table with mistakes": f"Title,Category,From\n{LONG},{LONG},{LONG}\n".encode(),
}


@pytest.mark.parametrize("kind", FILES)
def test_a_long_title_breaks_where_it_is_brought_in(page: Any, live_server: Any, kind: str) -> None:
    client = as_themselves(a_logger().profile)
    file = SimpleUploadedFile("long" * 40 + ".txt", FILES[kind])
    sent = {"kind": "table" if "table" in kind else "calendar", "since": "2026-01-01"}
    client.post("/my/cpd/bring-in/", sent | {"file": file})
    where = f"/my/cpd/bring-in/{ImportRun.objects.get().pk}/"
    open_as(page, live_server, client, where)
    page.goto(f"{live_server.url}/my/cpd/bring-in/")
    assert page.evaluate("document.documentElement.scrollWidth") == 390
