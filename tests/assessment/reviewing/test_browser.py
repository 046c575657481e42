"""A reviewer's page in a browser: words are kept while one types, and the page passes axe."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect

from benchside.assessment.models import Judgement
from tests.factories.assessment import a_seat, a_submission
from tests.journeys.conftest import axe

__all__ = ["axe"]
pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]


def test_what_a_reviewer_types_is_kept_without_a_press(
    browser: Any, live_server: Any, axe: Callable[[Any], list[str]]
) -> None:
    seat = a_seat(a_submission("submitted"))
    client = Client()
    client.force_login(seat.user)
    name = settings.SESSION_COOKIE_NAME
    context = browser.new_context(viewport={"width": 320, "height": 700}, color_scheme="dark")
    try:
        cookie = {"name": name, "value": client.cookies[name].value, "url": live_server.url}
        context.add_cookies([cookie])
        page = context.new_page()
        page.goto(f"{live_server.url}/assess/seats/{seat.pk}/read/")
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        page.get_by_label("Partly met").first.check()
        expect(page.locator("#kept-bench")).to_contain_text("1 of 2 judged")
        with page.expect_response(lambda answer: answer.url.endswith("/judge/")):
            page.locator("[name=reason-clear]").press_sequentially("Not yet.")
        expect(page.locator("#kept-bench")).to_contain_text("Kept at")
        assert axe(page) == []
        page.reload()
        expect(page.locator("[name=reason-clear]")).to_have_value("Not yet.")
        assert Judgement.objects.get().grade == "partly"
    finally:
        context.close()
