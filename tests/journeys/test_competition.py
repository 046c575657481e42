"""A teacher on a phone sends an entry without an account; a judge gives points by keyboard."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.core.pictures import encoded
from tests.journeys.conftest import Site

pytestmark = pytest.mark.services
OPEN = "/competitions/before-the-bell/"
JUDGED = "/assess/competitions/tools-of-the-trade/"


def test_a_teacher_on_a_phone_enters_changes_and_takes_back(
    visit: Callable[..., Any], site: Site, axe: Callable[[Any], list[str]]
) -> None:
    page = visit(OPEN, width=320, javascript=False)
    page.get_by_role("link", name="Send an entry").click()
    page.get_by_role("button", name="Send this entry").click()
    expect(page.get_by_role("alert")).to_contain_text("This was not sent yet")
    page.get_by_label("School, college or club").fill("Journey Madeup School")
    page.get_by_label("Where it is").select_option("wales")
    page.get_by_label("Category").select_option(index=1)
    page.get_by_label("Ages").select_option(index=2)
    page.get_by_label("The picture", exact=True).set_input_files(
        {"name": "IMG_1.jpg", "mimeType": "image/jpeg", "buffer": encoded("JPEG")}
    )
    page.get_by_label("What it shows").fill("The kiln at Journey Madeup School is checked.")
    page.get_by_label("Nobody you could recognise").check()
    page.get_by_label(re.compile("I am 18 or over")).check()
    page.get_by_label("Your own name, to sign this").fill("Jo Madeup")
    page.get_by_label("Your e-mail at work").fill("jo@benchside.example")
    page.get_by_role("button", name="Send this entry").click()
    expect(page.get_by_role("heading", name="We have your entry")).to_be_visible()
    assert page.context.cookies() == []
    letter = site.letter_to("jo@benchside.example", holding="We have your entry")
    assert page.url.split("/entries/")[1] in letter

    page.get_by_role("link", name="Change it").click()
    page.get_by_label("What it shows").fill("The kiln is checked before it is lit.")
    page.get_by_label(re.compile("I am 18 or over")).check()  # a changed entry is signed again
    page.get_by_role("button", name="Keep the change").click()
    expect(page.get_by_role("heading", name="We have your entry")).to_be_visible()
    expect(page.get_by_text("before it is lit")).to_be_visible()
    page.get_by_role("link", name="Take this entry back").click()
    page.get_by_role("button", name="Yes, take it back").click()
    expect(page.get_by_role("heading", name=re.compile("is withdrawn"))).to_be_visible()
    live = visit(page.url.removeprefix(site.address))
    assert axe(live) == []


def test_a_judge_gives_points_by_keyboard_and_sees_no_school(
    as_: Callable[..., Any], site: Site, axe: Callable[[Any], list[str]]
) -> None:
    page = as_("judge")
    page.goto(site.address + JUDGED)
    expect(page.get_by_text("1 of 4 judged")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Go on with entry").focus()
    page.keyboard.press("Enter")
    for number in (3, 4, 5):
        expect(page.get_by_role("heading", name=f"Entry {number}", exact=True)).to_be_visible()
        assert "Elsewhere Academy" not in page.content()
        if number == 3:
            assert axe(page) == []
        for group in page.locator(".points fieldset").all():
            group.get_by_role("radio").nth(0).focus()
            page.keyboard.press("Space")
            for _ in range(number):
                page.keyboard.press("ArrowRight")
        page.get_by_role("button", name="Keep, and go on").focus()
        page.keyboard.press("Enter")
    expect(page.get_by_text("4 of 4 judged")).to_be_visible()
    page.get_by_role("button", name="Hand in my points").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_text("You have handed in. Thank you.")).to_be_visible()
