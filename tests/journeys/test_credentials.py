"""Regina takes her badge; an employer drops it on the verify page; a registrar suspends her, and
the same file says so."""

import time
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

PATIENCE = 60


def until_shown(page: Page, address: str, words: str) -> None:
    """Open a page again until the worker has done what it shows."""
    end = time.monotonic() + PATIENCE
    page.goto(address)
    while not page.get_by_text(words).count():
        assert time.monotonic() < end, f"{words!r} never stood on {address}"
        page.goto(address)


def check(page: Page, site: Site, file: Path) -> None:
    page.goto(f"{site.address}/verify/")
    page.get_by_label("The badge: JSON, PNG, SVG or PDF").set_input_files(file)
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

    site.manage("shell", "-c", SUSPEND)
    check(visitor, site, file)
    expect(visitor.get_by_role("heading", name="No: it is no longer valid")).to_be_visible()
    expect(visitor.get_by_text("It has not counted since")).to_be_visible()
    visitor.goto(address)
    expect(visitor.get_by_text("This badge has not counted since")).to_be_visible()
    assert axe(visitor) == []


# What the registrar's desk does when somebody ratifies a suspension.
SUSPEND = """
from benchside.assessment.actions import move_award
from benchside.assessment.models import Award
from benchside.core.actions import SYSTEM
award = Award.objects.get(technician__account__email="registered@benchside.example",
                          version__key="registered-technician")
move_award(actor=SYSTEM, award=award, verb="suspend", reason="Conduct")
"""
