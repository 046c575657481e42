"""A technician claims their record from the letter, on a phone, decides who sees it, and hides."""

import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

OWN = ["/my/", "/my/profile/", "/my/visibility/", "/my/employment/", "/my/data/"]
CLAIMS = "/org/made-up-high-school/staff/claims/"


def path_in_letter(site: Site, address: str) -> str:
    """Where the letter to claim a record leads, once the worker has sent it."""
    letter = site.letter_to(address, holding="/accounts/join/")
    found = re.search(r"/accounts/join/\S+", letter)
    assert found is not None
    return found[0]


@pytest.mark.parametrize("javascript", [True, False])
def test_claimed_from_the_letter_shown_and_hidden(
    as_: Callable[[str], Page],
    site: Site,
    visit: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    javascript: bool,
) -> None:
    lead = as_("school-lead")
    lead.goto(f"{site.address}{CLAIMS}?state=not-asked")
    write = lead.get_by_role("button", name=re.compile("^Write to .* Made-Up")).first
    named = re.search(r"to (\w+) Made-Up", write.text_content() or "")
    assert named is not None
    write.click()
    expect(lead.get_by_text("is on its way")).to_be_visible()
    address = f"{named[1].lower()}@benchside.example"
    phone = visit(path_in_letter(site, address), width=390, javascript=javascript)
    expect(phone.get_by_role("heading", name="What is held")).to_be_visible()
    expect(phone.get_by_role("button", name="This is not me")).to_be_visible()
    if javascript:
        assert axe(phone) == []
    phone.get_by_label("Your name").fill("Nia Made-Up")
    phone.get_by_label("Password", exact=True).fill("long and made up 7")
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Make my account").click()
    expect(phone.get_by_text("You are hidden.")).to_be_visible()

    phone.get_by_label("Headline").fill("I make the stage dark.")
    phone.get_by_role("button", name="Keep it").click()
    phone.get_by_role("link", name="Who sees what").click()
    for part in ("Name", "Headline"):
        group = phone.get_by_role("group", name=re.compile(f"^{part}"))
        group.get_by_label("Everyone").check()
    phone.get_by_role("button", name="Keep my choices").click()
    phone.get_by_role("button", name="Show me").click()
    expect(phone.get_by_text("You are shown.")).to_be_visible()
    phone.get_by_role("link", name="What they see", exact=True).click()
    expect(phone.get_by_text("I make the stage dark.")).to_be_visible()
    phone.get_by_role("button", name="Hide me").click()
    phone.goto(f"{site.address}/my/preview/?as=everyone")
    expect(phone.get_by_text("I make the stage dark.")).not_to_be_visible()
    if javascript:
        for path in OWN:
            phone.goto(f"{site.address}{path}")
            assert axe(phone) == []
    lead.goto(f"{site.address}{CLAIMS}?state=claimed")
    expect(lead.get_by_text(" Made-Up").first).to_be_visible()
