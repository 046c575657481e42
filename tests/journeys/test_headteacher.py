"""A headteacher completes the mark on a phone, signs it and sends it, all in plain words."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of

PHONE = 390
STRANGE = re.compile(r"\bsubmissions?\b|\bcriteri(?:on|a)\b|\bevidence items?\b", re.I)
MARKS = "/org/made-up-high-school/recognition/marks/"
QUESTIONS = 14


def plain(page: Page) -> None:
    """No word of the engine on it, and nothing wider than the phone."""
    assert STRANGE.findall(page.locator("body").inner_text()) == [], page.url
    assert width_of(page) <= PHONE, page.url


def answer(page: Page) -> None:
    """The question that is open, as far as it is not answered."""
    plain(page)
    choices = page.locator("input[type=radio][name=choice]")
    if choices.count() and not page.locator("input[type=radio][name=choice]:checked").count():
        choices.first.check()
    words = page.locator("textarea[name=text]")
    if words.count() and not words.input_value():
        words.fill("We do, and we looked at it in March.")
    here = page.url
    page.get_by_role("button", name=re.compile("Save and (go on|finish)")).click()
    page.wait_for_url(lambda url: url != here)


def test_a_headteacher_does_standard_on_a_phone(
    as_: Callable[..., Page], site: Site, axe: Callable[[Any], list[str]]
) -> None:
    page = as_("headteacher", width=PHONE)
    page.goto(site.address + MARKS)
    plain(page)
    assert axe(page) == []
    page.get_by_label("Purchase order number").fill("PO 2027/1")
    page.get_by_role("button", name="Keep the order number").click()
    expect(page.get_by_text("The order number is kept")).to_be_visible()

    page.get_by_role("link", name="Hours sheet").click()
    plain(page)
    page.get_by_label("Hours of science lessons a week").fill("80")  # 52 hours: 0.65
    page.get_by_role("button", name="Keep and work it out").click()
    expect(page.get_by_text("0.65").first).to_be_visible()
    assert axe(page) == []

    page.get_by_role("link", name="Back to the questions").click()
    form = page.url
    for _ in range(QUESTIONS + 2):
        plain(page)
        onward = page.get_by_role("link", name="Go on writing")
        if not onward.count():
            break
        onward.click()
        answer(page)
        page.goto(form)
    expect(page.get_by_text("All of it is written")).to_be_visible()

    for beside in ("evidence/", "evidence/add/file/", "people/"):
        page.goto(form + beside)
        plain(page)
    page.goto(f"{form}signatures/")
    plain(page)
    page.get_by_role("link", name="Read and sign").click()
    plain(page)
    page.locator("input[name=signed_as]").fill("Hedda Made-Up")
    page.get_by_role("button", name="Sign", exact=True).click()
    plain(page)
    page.goto(f"{form}signatures/")
    page.get_by_role("button", name="Send it in").click()
    plain(page)
    page.goto(site.address + MARKS)
    expect(page.get_by_text("Sent in").first).to_be_visible()
    plain(page)
