"""An employer checks technicians: one by name, a list at once, and keeps a signed statement."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import width_of

PHONE = 390


def test_an_employer_checks_one_and_many_and_keeps_a_statement(
    visit: Callable[..., Page], axe: Callable[[Any], list[str]], tmp_path: Path
) -> None:
    page = visit("/registers/find/", width=PHONE)
    page.get_by_label("Name or number").fill("ofiction siob")
    page.get_by_role("button", name="Look up").click()
    expect(page.get_by_text("1 entry found")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("link", name="Siobhán O’Fiction RTMade").click()
    expect(page.get_by_text("Yes: this person is registered now.")).to_be_visible()
    number = page.locator(".plate__no dd").inner_text()
    assert width_of(page) <= PHONE
    assert axe(page) == []

    page.get_by_role("link", name="Get a statement").click()
    assert axe(page) == []
    with page.expect_download() as given:
        page.get_by_role("button", name="Make the PDF").click()
    kept = tmp_path / "statement.pdf"
    given.value.save_as(kept)

    page.goto(page.url.split("/registers/")[0] + "/registers/statement/check/")
    page.get_by_label("The file you were given").set_input_files(kept)
    page.get_by_role("button", name="Check it").click()
    expect(page.get_by_text("It is ours, and nobody changed it")).to_be_visible()
    assert axe(page) == []

    page.goto(page.url.split("/registers/")[0] + "/registers/check/")
    page.get_by_label("Paste them here").fill(f"{number}\nNell Nobody\nAda Made-Up")
    page.get_by_role("button", name="Check them", exact=True).click()
    expect(page.get_by_text("Registered now").first).to_be_visible()
    expect(page.get_by_text("No published entry").first).to_be_visible()
    assert width_of(page) <= PHONE
    assert axe(page) == []
    with page.expect_download() as table:
        page.get_by_role("button", name="Take as a spreadsheet").click()
    table.value.save_as(tmp_path / "answers.csv")
    assert number in (tmp_path / "answers.csv").read_text(encoding="utf-8-sig")
    assert not page.context.cookies()
