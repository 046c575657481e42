"""A lead at the action plan: a card moved by keyboard alone, two actions changed at once."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

PLAN = "/org/made-up-university/impact/plan/34343434-3434-4343-8434-343434343434/"


@pytest.mark.first  # the demonstration's site is set up for it, before all workers wait for that
def test_a_card_is_moved_by_keyboard_and_two_actions_change_at_once(
    as_: Callable[..., Page], site: Site
) -> None:
    page = as_("lead")
    page.goto(f"{site.address}{PLAN}board/")
    page.get_by_role("button", name="Start C-008").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("C-008 is in progress now")
    page.get_by_role("link", name="Table", exact=True).click()
    for code in ("C-008", "S-007"):
        page.get_by_label(f"Choose {code}").check()
    page.get_by_role("button", name="Change what is ticked").click()
    page.get_by_label("By when", exact=True).first.check()
    page.locator("[name=due_on]").fill("2030-01-31")
    page.get_by_role("button", name="Look at what would change").click()
    expect(page.get_by_text("Nothing is changed yet")).to_be_visible()
    page.get_by_role("button", name="Change 2 actions").click()
    expect(page.get_by_role("status")).to_contain_text("2 actions changed")
