"""What is pressed at the desk of reviews: by assessors, a registrar, and whoever ratifies."""

import re
import time
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Locator, Page, expect

from tests.journeys.conftest import Site, width_of

PHONE, DESKTOP = 390, 1280
FIRST, SECOND, THIRD = "register-assessor", "other-register-assessor", "third-register-assessor"
NAMES = {FIRST: "Asa Made-Up", SECOND: "Olu Made-Up", THIRD: "Tam Made-Up"}
REASON = "It says what the group did, and not what you did. Made up."
PATIENCE = 60
Axe = Callable[[Any], list[str]]


def until_shown(page: Page, address: str, words: str) -> None:
    """Open a page again until the worker has done what it shows."""
    end = time.monotonic() + PATIENCE
    page.goto(address)
    while not page.get_by_text(words).count():
        assert time.monotonic() < end, f"{words!r} never stood on {address}"
        page.goto(address)


def on_a_phone(page: Page, axe: Axe) -> None:
    """The page that is open, as somebody has it on a phone; afterwards it is wide again."""
    page.set_viewport_size({"width": PHONE, "height": 844})
    assert width_of(page) <= PHONE, page.url
    found = axe(page)
    assert found == [], found
    page.set_viewport_size({"width": DESKTOP, "height": 900})


def ask(desk: Page, *assessors: str) -> None:
    """On the page of a case: give each the next free seat."""
    for who in assessors:
        choice = desk.get_by_label("Assessor", exact=True)
        option = choice.locator("option", has_text=NAMES[who])
        choice.select_option(option.get_attribute("value"))
        desk.get_by_role("button", name="Ask them").click()
        expect(row(desk, NAMES[who])).to_be_visible()


def row(desk: Page, name: str) -> Locator:
    return desk.get_by_role("region", name="Who sits where").get_by_role("row", name=name)


def open_seat(page: Page, site: Site, holder: str, standard: str) -> None:
    """From the desk of reviews to the seat one was asked to take."""
    page.goto(f"{site.address}/assess/")
    found = page.get_by_role("row", name=re.compile(re.escape(standard)))
    found.get_by_role("link", name=holder).click()


def accept(page: Page) -> None:
    page.get_by_label(re.compile("I have no interest in it")).check()
    page.get_by_role("button", name="Yes, I review it").click()
    expect(page.get_by_text("Here is what was sent in")).to_be_visible()


def judge(page: Page, *, not_met: int = 0, grade: str = "Met") -> None:
    """Every competence of what is open to be read; so many of them are not met."""
    page.get_by_role("link", name="Go on to hand it in").wait_for()  # it is the last on the page
    judged = page.locator(".judge").filter(has=page.locator("input[type=radio]"))
    total = judged.count()
    assert total
    for number in range(total):
        one = judged.nth(number)
        missed = number < not_met
        one.get_by_label("Not met" if missed else grade, exact=True).check()
        if missed:
            one.get_by_label(re.compile("^Why")).fill(REASON)
    page.get_by_role("button", name="Keep what I have written").last.click()
    expect(page.get_by_text(f"{total} of {total} judged").first).to_be_visible()


def hand_in(page: Page) -> None:
    page.get_by_role("link", name="Go on to hand it in").click()
    page.get_by_label(re.compile("A summary for the panel")).fill("Clear and honest. Made up.")
    page.get_by_role("button", name="Hand in my review").click()
    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()


def recommend(desk: Page) -> None:
    desk.get_by_role("link", name="To the recommendation").click()
    part = desk.locator("section", has=desk.get_by_role("heading", name="Recommend", exact=True))
    part.get_by_label("Approve", exact=True).check()
    part.get_by_label(re.compile("^Reasons")).fill("All of it is met. Made up.")
    part.get_by_role("button", name="Recommend it").click()
    expect(desk.get_by_text("Somebody else must ratify it")).to_be_visible()
    # Whoever recommends never says the last word.
    expect(desk.get_by_role("button", name="Ratify it")).to_have_count(0)


def ratify(body: Page, site: Site, holder: str, standard: str, axe: Axe) -> None:
    """The body's own person finds it among what waits, reads it, and says the last word."""
    body.goto(f"{site.address}/assess/")
    body.get_by_role("link", name="To be ratified").click()
    found = body.get_by_role("row", name=re.compile(re.escape(standard)))
    found.get_by_role("link", name=holder).click()
    body.get_by_role("link", name="Read it").wait_for()
    on_a_phone(body, axe)
    body.get_by_role("link", name="Read it").click()
    expect(body.get_by_role("heading", level=1)).to_have_text(holder)
    body.go_back()
    body.get_by_role("link", name="To the decision").click()
    body.get_by_role("button", name="Ratify it").click()
    expect(body.get_by_text("It is ratified")).to_be_visible()
