"""A reader in Wales: no English route is ever put before them as theirs, with or without script."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

ROLE = "/careers/roles/wind-turbine-technician/"
ENGLISH = re.compile(r"\bT Level|\bV Level|\bST\d{4}\b|technical qualification")


def seen(page: Page, where: str = "main") -> str:
    """What is on the screen there, and not what lies folded away."""
    return str(page.locator(where).first.inner_text())


@pytest.mark.parametrize("javascript", [True, False])
def test_from_a_role_to_what_wales_has(visit: Any, javascript: bool) -> None:
    page = visit(ROLE, javascript=javascript)
    expect(page.locator("#ways-england")).to_be_visible()
    assert "These routes are for England." in seen(page, "#ways-england")
    page.get_by_label("Where do you live?").get_by_role("link", name="Wales").click()
    expect(page.locator("#ways-wales")).to_be_visible()
    expect(page.locator("#ways-england")).to_be_hidden()
    wales = seen(page, "#ways-wales")
    assert "Wales has ways in of its own" in wales
    assert "Apprenticeship in Wales" in wales
    assert not ENGLISH.search(wales)
    links = page.locator("#ways-wales a[href^='https://']").evaluate_all(
        "all => all.map(a => a.host)"
    )
    assert links
    assert set(links) <= {"careerswales.gov.wales", "www.gov.wales"}
    assert page.locator("#ways-wales a[href*='/careers/routes/']").count() == 0


@pytest.mark.parametrize(("width", "javascript"), [(1280, True), (320, False)])
def test_in_the_list_of_routes(visit: Any, width: int, javascript: bool) -> None:
    page = visit("/careers/routes/", width=width, javascript=javascript)
    assert "98 routes in England" in seen(page)
    page.get_by_label("Where do you live?").get_by_role("link", name="Wales").click()
    page.wait_for_url("**/careers/routes/?nation=wales")
    expect(page.locator("[aria-current='true']").filter(has_text="Wales")).to_be_visible()
    text = seen(page)
    assert "What there is in Wales" in text
    assert not ENGLISH.search(text)
    assert (
        page.locator("main a[href*='/careers/routes/t-level'], main a[href*='-st0']").count() == 0
    )


def test_on_the_page_of_an_english_route(visit: Any) -> None:
    page = visit("/careers/routes/t-level-science/")
    assert "It is a route in England, and not in the other nations." in seen(page)
    page.locator("#facts").get_by_role("link", name="Wales").click()
    page.wait_for_url("**/careers/routes/?nation=wales")
    assert not ENGLISH.search(seen(page))


def test_by_keyboard(visit: Any) -> None:
    page = visit(ROLE)
    link = page.get_by_label("Where do you live?").get_by_role("link", name="Northern Ireland")
    link.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#ways-northern-ireland")).to_be_visible()
    assert not ENGLISH.search(seen(page, "#ways-northern-ireland"))
