"""The steward of a made-up university brings a newer staff list in, in a real browser."""

import io
from collections.abc import Callable
from pathlib import Path

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

WORKBOOK = Path("benchside/organisations/demonstration/staff-list.xlsx")
STAFF = "/org/made-up-university/staff/"
WIDTHS = [1280, 390]
SCREENS = ["", "bring-in/", "lists/", "definition/", "titles/"]
TITLE, DEPARTMENT = 14, 13  # columns of the workbook


@pytest.fixture(scope="module")
def newer(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demonstration's workbook, in which four technicians have gone to Glassblowing."""
    book = load_workbook(WORKBOOK)
    sheet = book["Current Staff"]
    technicians = [
        row
        for row in range(5, sheet.max_row)
        if "echnician" in str(sheet.cell(row, TITLE).value)
        and sheet.cell(row, DEPARTMENT).value == "Archaeology"
    ]
    for row in technicians[:4]:
        sheet.cell(row, DEPARTMENT).value = "Glassblowing"
    out = io.BytesIO()
    book.save(out)
    file = tmp_path_factory.mktemp("lists") / "November 2026.xlsx"
    file.write_bytes(out.getvalue())
    return file


def upload(page: Page, site: Site, file: Path) -> None:
    page.goto(f"{site.address}{STAFF}bring-in/")
    page.get_by_label("The file").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()


def holds_its_width(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


def compare(page: Page) -> None:
    page.get_by_role("button", name="Compare it with the list").click()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("What this list would change")


@pytest.mark.parametrize("width", WIDTHS)
def test_a_steward_brings_a_list_in_and_takes_it_back(
    as_: Callable[[str], Page],
    site: Site,
    newer: Path,
    axe: Callable[[Page], list[str]],
    width: int,
) -> None:
    page = as_("hr-steward")
    page.set_viewport_size({"width": width, "height": 900})
    page.goto(f"{site.address}{STAFF}bring-in/")
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("alert")).to_be_visible()
    assert axe(page) == []

    upload(page, site, newer)
    heads = page.get_by_role("row").filter(has=page.get_by_role("rowheader", name="NI Number"))
    expect(heads).not_to_contain_text("QQ123456C")
    number = page.get_by_label("Payroll No").first
    assert number.input_value() == "number"
    number.select_option("title")  # two columns cannot be the job title
    page.get_by_role("button", name="Compare it with the list").click()
    expect(page.get_by_role("alert")).to_contain_text("Current Staff")
    assert page.get_by_label("Payroll No").first.input_value() == "title"
    assert axe(page) == []
    assert holds_its_width(page)
    page.get_by_label("Payroll No").first.select_option("number")
    compare(page)

    parts = page.get_by_role("navigation", name="Parts of the difference")
    expect(parts.get_by_role("link", name="Move 4")).to_be_visible()
    parts.get_by_role("link", name="Move 4").click()
    expect(page.get_by_text("Department: Archaeology → Glassblowing").first).to_be_visible()
    assert axe(page) == []
    assert holds_its_width(page)
    parts.get_by_role("link", name="Rows to correct").click()
    with page.expect_download() as taken:
        page.get_by_role("link", name="Take these rows as a spreadsheet").click()
    assert taken.value.suggested_filename == "rows-to-correct.xlsx"
    assert load_workbook(io.BytesIO(Path(taken.value.path()).read_bytes())).sheetnames

    page.get_by_role("button", name="Bring it in").click()
    page.get_by_role("link", name="Go on").click()
    expect(page.get_by_text("This list holds now")).to_be_visible()
    page.goto(f"{site.address}{STAFF}?q=glassblowing")
    expect(page.get_by_role("table")).to_contain_text("4 technicians")
    page.go_back()
    page.get_by_role("button", name="Take this list back").click()
    expect(page.get_by_text("All that this list changed is as it was before")).to_be_visible()
    page.goto(f"{site.address}{STAFF}?q=glassblowing")
    expect(page.get_by_text("Nobody found")).to_be_visible()


def test_it_goes_without_javascript(browser: Page, site: Site, newer: Path) -> None:
    context = browser.new_context(java_script_enabled=False)  # type: ignore[attr-defined]
    page = context.new_page()
    page.goto(f"{site.address}/accounts/login/")
    page.get_by_label("E-mail").fill("hr-steward@benchside.example")
    page.get_by_label("Password", exact=True).fill("benchside-demonstration")
    page.get_by_role("button", name="Sign in", exact=True).click()
    upload(page, site, newer)
    compare(page)
    page.get_by_role("button", name="Leave it: delete the file").click()
    expect(page.get_by_text("The file and what it would have changed are deleted")).to_be_visible()
    context.close()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_sheet_of_the_staff_list_is_open_to_everybody(
    as_: Callable[[str], Page],
    site: Site,
    axe: Callable[[Page], list[str]],
    width: int,
) -> None:
    page = as_("hr-steward")
    page.set_viewport_size({"width": width, "height": 900})
    for screen in SCREENS:
        page.goto(f"{site.address}{STAFF}{screen}")
        assert axe(page) == []
        assert holds_its_width(page), page.url
    page.goto(f"{site.address}{STAFF}")
    page.get_by_role("table").get_by_role("link").nth(8).click()
    expect(page.get_by_role("heading", name="Posts")).to_be_visible()
    assert axe(page) == []
    assert holds_its_width(page)
