"""In a real browser, as wide as a phone: no name of a file and nothing typed is too long."""

from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client

from benchside.core import stylesheets
from tests.factories import credentials as made
from tests.recognition.credentials.test_checking import drop

pytestmark = [pytest.mark.browser, pytest.mark.django_db]
LONG = "Certificate-of-Regina_" * 8 + ".json"


def width(browser: Any, content: str) -> int:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    try:
        page.set_content(content)
        page.add_style_tag(content=stylesheets.joined())
        return int(page.evaluate("document.documentElement.scrollWidth"))
    finally:
        page.close()


def test_a_long_name_of_a_file_fits_a_phone(client: Client, browser: Any) -> None:
    credential = made.claimed(made.a_registered_person())
    for data in (credential.document.encode(), b"rubbish"):
        assert width(browser, drop(client, data, LONG.replace("-", ""))) == 390


@pytest.mark.parametrize("typed", ["x" * 200, "7" * 200, "http://testserver/" + "x" * 200])
def test_what_was_typed_fits_a_phone(client: Client, browser: Any, typed: str) -> None:
    page = client.get(f"/verify/?q={quote(typed)}").content.decode()
    assert width(browser, page) == 390
