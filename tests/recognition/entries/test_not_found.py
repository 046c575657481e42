"""What repeats the question when nobody is found fits a phone."""

import re
from typing import Any

import pytest
from django.test import Client

from benchside.core import stylesheets
from tests.factories.registers import a_register

HERE = "/registers/registered-technician/"
LONG = "x" * 80


@pytest.mark.browser
@pytest.mark.django_db
@pytest.mark.parametrize(
    "address",
    [f"/registers/find/?q={LONG}", f"{HERE}?q={LONG}", f"/registers/find/?q={'_' * 80}",
     f"{HERE}{LONG}/"],
)  # fmt: skip
def test_a_long_word_asked_for_fits_a_phone(client: Client, browser: Any, address: str) -> None:
    a_register()
    page = browser.new_page(viewport={"width": 390, "height": 800})
    try:
        page.set_content(client.get(address).content.decode())
        page.add_style_tag(content=stylesheets.joined())
        assert page.evaluate("document.documentElement.scrollWidth") == 390
    finally:
        page.close()


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/registers/find/?q=", f"{HERE}?q=", HERE])
def test_what_repeats_the_question_breaks_its_words(client: Client, address: str) -> None:
    """What the test above sees, for whoever has no browser."""
    a_register()
    for long in (LONG, "_" * 80):
        page = client.get(f"{address}{long}/" if address == HERE else address + long)
        (repeated,) = re.findall(
            rf"<p(?! class=.print-line)[^>]*>[^<]*{long}", page.content.decode()
        )
        assert re.match(r'<p class="[^"]*\breach\b', repeated)
