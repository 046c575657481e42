"""A registrar brings a messy workbook in, mends it, finds its people in public, and takes it back;
somebody of an earlier list comes to their entry by the letter."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of

DESK = "/registry/registered-technician/"
BODY = "The Made-Up Institute of Technicians"
HEADINGS = ("Ref", "Full name", "Through", "Joined", "Paid until", "Remarks")
PERCY = ("percy.old@benchside.example", "OLD-1062")  # of the demonstration's list, and written to
WIDTHS = (1280, 390)
AT_MOST = 180_000  # ms


def a_workbook(file: Path, *, day: str) -> Path:
    """As somebody kept it: a title above, headings of their own; one is on the register already."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Our register, as of today"])
    sheet.append([])
    for row in (
        HEADINGS,
        ("MESS-1", "Messina Made-Up-Messy", BODY, "01/03/2019", "28/02/2099", "pays by cheque"),
        ("MESS-2", "Milo Made-Up-Messy", BODY, day, "28/02/2099", ""),
        ("MESS-3", "Dora Made-Up-Due", BODY, "01/05/2018", "30/04/2099", ""),
    ):
        sheet.append(row)
    book.save(file)
    return file


def upload(page: Page, site: Site, file: Path) -> None:
    page.goto(f"{site.address}{DESK}")
    page.get_by_role("link", name="Bring a list").click()
    page.locator("input[type=file]").set_input_files(file)
    page.get_by_role("button", name="Read the file").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Which column is which?")


def go_on(page: Page) -> None:
    """Once the worker is there: before it lies all that the demonstration has queued."""
    page.get_by_role("link", name="Go on").click(timeout=AT_MOST)


def compare(page: Page) -> None:
    page.get_by_role("button", name="Compare it with the register").click()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What this list would add")


def look(page: Page, axe: Callable[[Any], list[str]]) -> None:
    """Wide and on a phone."""
    for width in reversed(WIDTHS):
        page.set_viewport_size({"width": width, "height": 900})
        assert width_of(page) <= width, page.url
        assert axe(page) == []


def test_a_messy_workbook_is_mended_brought_in_and_taken_back(
    as_: Callable[..., Page],
    visit: Callable[..., Page],
    site: Site,
    axe: Callable[[Any], list[str]],
    tmp_path: Path,
) -> None:
    page = as_("registrar")
    upload(page, site, a_workbook(tmp_path / "messy.xlsx", day="31/02/2020"))

    # Two headings are nobody's but theirs: it cannot be read until somebody says what they are.
    page.get_by_role("button", name="Compare it with the register").click()
    expect(page.get_by_text("No column is Number. Say which it is.")).to_be_visible()
    expect(page.get_by_text("No column is Admitted. Say which it is.")).to_be_visible()
    look(page, axe)
    page.get_by_label("Ref").select_option("number")
    page.get_by_label("Joined").select_option("admitted")
    compare(page)

    # A row that is wrong is named with what stands there and what to do; nothing is brought in.
    expect(page.get_by_text("Correct the file first")).to_be_visible()
    wrong = page.get_by_role("table").filter(has_text="What to do").get_by_role("row").nth(1)
    expect(wrong).to_contain_text("5")
    expect(wrong).to_contain_text("Joined")
    expect(wrong).to_contain_text("31/02/2020")
    expect(wrong).to_contain_text("There is no such day")
    expect(page.get_by_role("button", name="Bring it in")).not_to_be_visible()
    look(page, axe)
    page.get_by_role("button", name="Leave it: delete the file").click()
    expect(page.get_by_text("is deleted here. Nothing was changed.")).to_be_visible()

    # Mended, its columns are known; whoever may be here already is asked about.
    upload(page, site, a_workbook(tmp_path / "mended.xlsx", day="28/02/2020"))
    expect(page.get_by_label("Ref")).to_have_value("number")
    compare(page)
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("1 name stands there more than once.")).to_be_visible()
    look(page, axe)
    twice = page.get_by_role("group", name="Dora Made-Up-Due stands there twice")
    twice.get_by_label("Different people of one name").check()
    page.get_by_role("button", name="Bring it in").click()
    go_on(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("What this list added")
    look(page, axe)

    # Everybody finds them, as long as the list holds.
    public = visit("/registers/find/?q=Messina+Made-Up-Messy", width=390)
    expect(public.get_by_text("MESS-1")).to_be_visible()
    page.get_by_role("link", name="Take this list back").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Take this list back?")
    look(page, axe)
    page.get_by_role("button", name=re.compile("Yes, take .+ back")).click()
    expect(page.get_by_text("The whole list is taken back.")).to_be_visible()
    public.reload()
    expect(public.get_by_text("MESS-1")).not_to_be_visible()


def test_somebody_of_a_list_comes_to_their_entry(
    as_: Callable[..., Page],
    visit: Callable[..., Page],
    site: Site,
    axe: Callable[[Any], list[str]],
) -> None:
    address, number = PERCY
    letter = re.search(r"/accounts/join/\S+", site.letter_to(address, holding="/accounts/join/"))
    assert letter is not None
    phone = visit(letter[0], width=390)
    expect(phone.get_by_role("button", name="This is not me")).to_be_visible()
    assert axe(phone) == []
    phone.get_by_label("Your name").fill("Percy Made-Up-Past")
    phone.get_by_label("Password", exact=True).fill("long and made up 7")
    phone.get_by_role("checkbox").check()
    phone.get_by_role("button", name="Make my account").click()
    expect(phone).to_have_url(f"{site.address}/my/registrations/{number}/")
    phone.get_by_role("link", name="Your registrations").click()
    expect(
        phone.get_by_role("link", name=f"Registered Technician (made up), {number}")
    ).to_be_visible()

    # The registrar sees whose it is now, and that the list can no longer be taken back.
    page = as_("registrar")
    page.goto(f"{site.address}{DESK}bring/")
    page.get_by_role("link", name="made-up-old-register.csv").click()
    row = page.get_by_role("row").filter(has_text=number)
    expect(row).to_contain_text("Theirs")
    page.get_by_role("link", name="Take this list back").click()
    # By then the clock may have moved some of them on: that is in the way just as well.
    expect(page.get_by_role("alert")).to_contain_text(" since")
    expect(page.get_by_role("heading", name="They are on the register now")).to_be_visible()
