"""The editors' desk in a real browser: an editor sends something in, a moderator puts it up."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

PASSWORD = "benchside-demonstration"


@pytest.fixture
def as_(browser: Any, site: Site) -> Any:
    """as_("editor") is a page on which that demonstration person has signed in."""
    contexts = []

    def sign_in(who: str) -> Page:
        context = browser.new_context(viewport={"width": 1280, "height": 900})
        contexts.append(context)
        page: Page = context.new_page()
        page.goto(f"{site.address}/accounts/login/")
        page.get_by_label("E-mail").fill(f"{who}@benchside.example")
        page.get_by_label("Password", exact=True).fill(PASSWORD)
        page.get_by_role("button", name="Sign in", exact=True).click()
        expect(page).not_to_have_url(f"{site.address}/accounts/login/")
        return page

    yield sign_in
    for context in contexts:
        context.close()


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve and Publish").first.click()
    expect(page.get_by_text("readers can see it now")).to_be_visible()


def test_a_moderator_approves_the_page_that_waits(as_: Callable[[str], Page], site: Site) -> None:
    page = as_("moderator")
    page.goto(f"{site.address}/desk/")
    page.locator("#main").get_by_role("link", name="Bring a bench to school").first.click()
    expect(page).to_have_url(re.compile(r"/desk/pages/\d+/edit/"))
    approve(page)
    page.goto(f"{site.address}/news/")
    expect(page.get_by_role("link", name="Bring a bench to school")).to_be_visible()


def test_a_role_goes_up_by_two_people(as_: Callable[[str], Page], site: Site) -> None:
    words = "You measure parts to less than a hair, so that they fit."
    editor = as_("editor")
    editor.goto(f"{site.address}/desk/snippets/careers/role/")
    editor.get_by_role("link", name="Metrology technician", exact=True).click()
    editor.locator("[name=sentence]").fill(words)
    editor.get_by_role("button", name="More actions").last.click()
    editor.get_by_role("button", name="Submit to Two people").click()
    expect(editor.get_by_text("submitted for moderation")).to_be_visible()

    moderator = as_("moderator")
    moderator.goto(f"{site.address}/desk/")
    moderator.get_by_role("link", name="Metrology technician").first.click()
    approve(moderator)
    moderator.goto(f"{site.address}/careers/roles/metrology-technician/")
    expect(moderator.get_by_text(words).first).to_be_visible()


def test_a_technician_is_told_that_the_desk_is_not_theirs(
    as_: Callable[[str], Page], site: Site
) -> None:
    page = as_("technician")
    answer = page.goto(f"{site.address}/desk/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("This door is locked")
