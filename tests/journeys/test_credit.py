"""A technician states what they had a part in; the lead author confirms it by a link, without an
account; a visitor reads it, and the technician's organisation counts it once."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

WHO = "anwen.invented"  # shows everybody everything
LINK = re.compile(r"/technicians/credit/answer/[\w-]+/")


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def holds_its_width(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize(("javascript", "width"), [(True, 1280), (False, 320)])
def test_from_the_technician_to_the_author_to_a_visitor(
    as_: Callable[..., Page],
    visit: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    site: Site,
    javascript: bool,
    width: int,
) -> None:
    title = f"A made-up journey of {width} kettles"
    author = f"author{width}@benchside.example"

    def is_open(page: Page) -> None:
        assert not javascript or axe(page) == []
        if javascript:
            assert holds_its_width(page), page.url

    own = as_(WHO, width=width, java_script_enabled=javascript)
    own.goto(f"{site.address}/my/contributions/")
    is_open(own)
    own.get_by_role("link", name="Add one").click()
    own.get_by_label("Its DOI").fill(f"https://doi.org/10.5555/Journey.{width}")
    press(own, "Look it up")
    expect(own.get_by_text("asks no register of DOIs")).to_be_visible()
    expect(own.get_by_label("DOI")).to_have_value(f"10.5555/journey.{width}")
    own.get_by_label("Title").fill(title)
    press(own, "Keep it")  # without a role
    expect(own.get_by_role("alert")).to_contain_text("Choose at least one role")
    expect(own.get_by_label("Title")).to_have_value(title)
    is_open(own)
    own.get_by_label("Investigation").check()
    own.get_by_label("Lead author’s name").fill("Ada Made-Up")
    own.get_by_label("Their e-mail address").fill(author)
    press(own, "Keep it")
    expect(own.get_by_text("the lead author is asked.")).to_be_visible()
    expect(own.get_by_label("For the acknowledgements")).to_have_value(re.compile("We thank "))
    is_open(own)
    mine = own.url

    words = site.letter_to(author, holding=title)
    link = LINK.search(words)
    assert link is not None
    page = visit(link[0], width=width, javascript=javascript)
    expect(page.get_by_text(title)).to_be_visible()
    is_open(page)
    press(page, "Say that it is not so")  # without a reason
    expect(page.get_by_role("alert")).to_contain_text("Say in a few words")
    is_open(page)
    press(page, "Confirm it")
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()
    assert page.context.cookies() == []
    is_open(page)
    page = visit(link[0], width=width, javascript=javascript)
    expect(page.get_by_role("heading", name="This link works no longer")).to_be_visible()

    own.goto(mine)
    expect(own.get_by_text("By Ada Made-Up, lead author")).to_be_visible()
    is_open(own)
    own.get_by_role("link", name="Change it").click()
    expect(own.get_by_text("has confirmed it as it stands")).to_be_visible()
    is_open(own)

    own.goto(f"{site.address}/my/preview/")
    own.get_by_role("link", name="Open your public page").click()
    work = own.get_by_role("listitem").filter(has_text=title)
    expect(work).to_contain_text("by Ada Made-Up, lead author")
    is_open(own)

    lead = as_("lead", width=width, java_script_enabled=javascript)
    lead.goto(f"{site.address}/org/made-up-university/visibility/contributions/?q={width}")
    expect(lead.get_by_role("row").filter(has_text=title)).to_have_count(1)
    is_open(lead)

    own.goto(mine)
    press(own, "Withdraw it")
    expect(own.get_by_text("It is taken down, everywhere.")).to_be_visible()
    lead.reload()
    expect(lead.get_by_text("Nothing found")).to_be_visible()
