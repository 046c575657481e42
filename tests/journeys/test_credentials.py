"""Regina takes her badge; an employer drops it on the verify page; two people suspend her, and the
same file says so."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.deciding import until_shown


def check(page: Page, site: Site, file: Path) -> None:
    page.goto(f"{site.address}/verify/")
    page.get_by_label("Bring the file of the badge or certificate").set_input_files(file)
    page.get_by_role("button", name="Check it").click()


def test_a_badge_is_claimed_carried_checked_and_taken_back(
    site: Site, as_: Any, visit: Any, axe: Any, tmp_path: Path
) -> None:
    mine = as_("registered")
    mine.goto(f"{site.address}/my/credentials/")
    assert axe(mine) == []
    mine.get_by_role("button", name="Make my badge").click()
    until_shown(mine, f"{site.address}/my/credentials/", "Badge (PNG)")
    assert axe(mine) == []
    file = tmp_path / "badge.png"
    with mine.expect_download() as download:
        mine.get_by_role("link", name="Badge (PNG)").click()
    download.value.save_as(file)
    address = mine.get_by_label("To show somebody").input_value()

    visitor = visit("/verify/")
    check(visitor, site, file)
    expect(visitor.get_by_role("heading", name="Yes: this is genuine")).to_be_visible()
    assert axe(visitor) == []
    visitor.goto(address)
    expect(visitor.get_by_text("This badge counts.")).to_be_visible()
    assert axe(visitor) == []

    suspend(as_, site)
    check(visitor, site, file)
    expect(visitor.get_by_role("heading", name="No: it is no longer valid")).to_be_visible()
    expect(visitor.get_by_text("It has not counted since")).to_be_visible()
    visitor.goto(address)
    expect(visitor.get_by_text("This badge has not counted since")).to_be_visible()
    assert axe(visitor) == []
    site.manage("shell", "-c", LIFT)


# Other journeys find her as they know her.
LIFT = """
from benchside.assessment.actions import move_award
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM
award = Award.objects.get(number="RT-000001")
move_award(actor=SYSTEM, award=award, verb="lift", reason="The time is over")
"""


def suspend(as_: Any, site: Site) -> None:
    """A registrar proposes it, and somebody of the body confirms."""
    desk = as_("registrar")
    desk.goto(f"{site.address}/registry/registered-technician/entries/?q=Regina")
    desk.locator("tbody a").filter(has_text="RT-").first.click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("Regina")
    named = desk.locator("summary", has_text=re.compile(r"^\s*Suspend\s+two people\s*$"))
    box = desk.locator("details").filter(has=named)
    box.locator("summary").click()
    box.get_by_label("Why", exact=True).select_option("Conduct")
    box.get_by_label("For the second person").fill("It was looked into. Made up.")
    box.get_by_role("button", name="Propose it: suspend").click()
    expect(desk.get_by_role("heading", name="Waits for a second person")).to_be_visible()
    second = as_("body-ratifier")
    second.goto(desk.url)
    second.get_by_role("button", name="Confirm it: suspend").click()
    expect(second.locator(".lead")).to_contain_text("Suspended")
