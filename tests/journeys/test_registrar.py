"""A registrar runs a desk: somebody asks for a break and comes back, a concern comes in, two people
suspend, the list is taken as a spreadsheet."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of

DESK = "/registry/registered-technician/"
PHONE = 390


def fits(page: Page, width: int = 1280) -> None:
    assert width_of(page) <= width, page.url


def find(page: Page, site: Site, name: str) -> str:
    """The number of an entry, found by name; its page is open then."""
    page.goto(site.address + DESK)
    page.get_by_role("link", name="Entries", exact=True).click()
    page.get_by_label("Name or number").fill(name)
    page.get_by_role("button", name="Show").click()
    link = page.locator("tbody a").first
    number = link.inner_text()
    link.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)
    return number


def do(page: Page, title: str, **given: str) -> None:
    """Open one change of the entry, fill it in, confirm what it needs, press its button."""
    box = page.locator("details").filter(has=page.get_by_text(title, exact=True)).first
    box.locator("summary").click()
    for label, value in given.items():
        field = box.get_by_label(label.replace("_", " "))
        if field.evaluate("found => found.tagName") == "SELECT":
            field.select_option(value)
        else:
            field.fill(value)
    for needed in box.get_by_role("checkbox").all():
        needed.check()
    box.get_by_role("button").click()


def test_a_registrar_and_a_second_person(
    as_: Callable[..., Page],
    visit: Callable[..., Page],
    site: Site,
    axe: Callable[[Any], list[str]],
) -> None:
    page = as_("registrar")
    page.goto(site.address + DESK)
    fits(page)
    expect(page.get_by_role("row", name=re.compile("Asked for by people"))).to_be_visible()

    # What somebody asked for is granted, and ended again.
    page.get_by_role("link", name="Asked for by people").click()
    page.locator("tbody a").filter(has_text="Regina Made-Up").click()
    assert axe(page) == []
    page.get_by_role("button", name="Grant it").click()
    expect(page.get_by_text("Granted, and done")).to_be_visible()
    expect(page.locator(".lead")).to_contain_text("On a career break")
    do(page, "End break")
    expect(page.locator(".lead")).to_contain_text("Registered.")

    # A change needs its reason: what is wrong stands at the field, and nothing was done.
    number = find(page, site, "Dora Made-Up-Due")
    do(page, "Begin break")
    expect(page.get_by_text("Choose the reason.").first).to_be_visible()
    assert axe(page) == []

    # Anybody tells something, without an account and without a cookie.
    public = visit(f"/registers/registered-technician/{number}/concern/", width=PHONE)
    fits(public, PHONE)
    assert axe(public) == []
    public.get_by_label("What happened?").fill("A made-up concern about a made-up check.")
    public.get_by_role("button", name="Send it").click()
    expect(public.get_by_role("heading", name="Thank you for telling us")).to_be_visible()
    assert public.context.cookies() == []

    page.goto(f"{site.address}{DESK}conduct/?q=Dora")
    page.locator("tbody a").first.click()
    do(page, "Look into it", What_the_person_is_told="A check is said not to have been made.")
    expect(page.get_by_text("They have not answered yet")).to_be_visible()
    page.locator("summary", has_text="Suspend them meanwhile").click()
    page.get_by_label("For the second person").fill("Others may be at risk. Made up.")
    page.get_by_role("button", name="Propose it to a second person").click()
    case = page.url

    # Nobody confirms what they proposed; somebody of the body does.
    entry = f"{site.address}{DESK}entries/{number}/"
    page.goto(entry)
    expect(page.get_by_role("heading", name="Waits for a second person")).to_be_visible()
    expect(page.get_by_role("button", name="Confirm it")).to_have_count(0)
    second = as_("body-ratifier", width=PHONE)
    second.goto(site.address + DESK)
    second.get_by_role("link", name="Waits for a second person").click()
    second.locator("tbody a").filter(has_text="Dora Made-Up-Due").click()
    fits(second, PHONE)
    second.get_by_role("button", name=re.compile("Confirm it")).click()
    expect(second.locator(".lead")).to_contain_text("Suspended while something is looked into")
    page.goto(case)
    expect(page.locator(".lead")).to_contain_text("Suspended meanwhile")
    fits(page)

    # The list, as a spreadsheet.
    page.goto(f"{site.address}{DESK}entries/?q=Dora")
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take as a spreadsheet").click()
    text = taken.value.path().read_text(encoding="utf-8-sig")
    assert f"{number},Dora Made-Up-Due,Suspended while something is looked into,Suspended," in text
