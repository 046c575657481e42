"""A champion adds a machine and says who runs it; they agree; a visitor finds both, and the sheets
of the register are open to everybody."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

EQUIPMENT = "/org/made-up-university/visibility/equipment/"
WIDTHS = [1280, 320]
FILE = """\
ID,Name,Type,Related Facility ID,Acquired,Public
F-90,Bee rooms,facility,,,yes
90-001,Honey extractor,equipment,F-90,{year},yes
"""


@pytest.fixture
def technician(site: Site) -> tuple[str, str]:
    """Name, and what to sign in as, of somebody whose profile shows everybody everything."""
    text = (site.var / "sign-ins.txt").read_text()
    found = re.search(r"(\S+)@benchside\.example +(.+) \(technician with a profile", text)
    assert found is not None
    return found[2], found[1]


def press(page: Page, name: str | re.Pattern[str]) -> None:
    page.get_by_role("button", name=name).click()


def holds_its_width(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth <= innerWidth"))


@pytest.mark.parametrize("javascript", [True, False])
def test_from_the_champion_to_a_visitor_by_way_of_their_own_word(
    as_: Callable[..., Page],
    visit: Callable[..., Any],
    axe: Callable[[Any], list[str]],
    site: Site,
    technician: tuple[str, str],
    javascript: bool,
) -> None:
    (name, local), machine = technician, f"Honey spectrometer {'I' if javascript else 'II'}"
    champion = as_("champion", java_script_enabled=javascript)
    champion.goto(f"{site.address}{EQUIPMENT}")
    champion.get_by_role("link", name="Add an item").click()
    champion.get_by_label("Name").first.fill(machine)
    champion.get_by_label("Word of our kit list").select_option("spectrometer")
    champion.get_by_label("Show it in the public register").check()
    press(champion, "Keep it")
    expect(champion.get_by_role("heading", level=1)).to_have_text(machine)
    champion.get_by_label("Who", exact=True).select_option(label=name)
    press(champion, "Name them")
    expect(champion.get_by_role("row").filter(has_text=name)).to_contain_text("waits for it")

    visitor = visit(f"/equipment/?q={machine.replace(' ', '+')}", javascript=javascript)
    visitor.get_by_role("link", name=machine, exact=True).click()
    expect(visitor.get_by_text("Nobody is named here")).to_be_visible()  # not by another's word
    item = visitor.url.removeprefix(site.address)

    own = as_(local, width=390, java_script_enabled=javascript)
    own.goto(f"{site.address}/my/equipment/")
    press(own, f"Yes, name me with {machine}")
    expect(own.get_by_text("You are named with it")).to_be_visible()

    visitor = visit(item, javascript=javascript)
    if javascript:
        assert axe(visitor) == []
    visitor.get_by_role("link", name=name, exact=True).click()
    expect(visitor).to_have_url(re.compile(r"/technicians/\w{10}/"))
    expect(visitor.get_by_role("heading", level=1)).to_have_text(name)

    visitor = visit("/technicians/kit/spectrometer/", javascript=javascript)
    visitor.get_by_role("link", name="See the equipment").last.click()
    expect(visitor.get_by_role("link", name=machine, exact=True)).to_be_visible()
    visitor.get_by_role("link", name="Spectrometer: who can run this?").click()
    expect(visitor).to_have_url(re.compile("/technicians/kit/spectrometer/"))

    press(own, f"Take my name off {machine}")
    expect(own.get_by_text("You are no longer named with it")).to_be_visible()
    expect(visit(item, javascript=javascript).get_by_text("Nobody is named here")).to_be_visible()


@pytest.mark.parametrize("width", WIDTHS)
def test_every_sheet_of_the_register_is_open_to_everybody(
    as_: Callable[..., Page],
    site: Site,
    axe: Callable[[Page], list[str]],
    technician: tuple[str, str],
    tmp_path: Path,
    width: int,
) -> None:
    page = as_("lead", width=width)

    def is_open(page: Page) -> None:
        assert axe(page) == []
        assert holds_its_width(page), page.url

    page.goto(f"{site.address}{EQUIPMENT}")
    is_open(page)
    page.goto(f"{site.address}{EQUIPMENT}?q=zzzz")
    is_open(page)
    page.goto(f"{site.address}{EQUIPMENT}add/")
    press(page, "Keep it")
    expect(page.get_by_role("alert")).to_be_visible()
    is_open(page)
    page.goto(f"{site.address}{EQUIPMENT}?q=microtome")
    page.get_by_role("link", name="Microtome", exact=True).click()
    expect(page.get_by_role("heading", name="Who runs it")).to_be_visible()
    is_open(page)
    page.get_by_role("link", name="Photograph").click()
    is_open(page)

    page.goto(f"{site.address}{EQUIPMENT}bring-in/")
    is_open(page)
    for year, button in (("soon", ""), ("2024", "Bring it in")):
        page.goto(f"{site.address}{EQUIPMENT}bring-in/")
        file = tmp_path / "equipment.csv"
        file.write_text(FILE.format(year=year))
        page.get_by_label("The file").set_input_files(file)
        press(page, "Read the file")
        is_open(page)
        if button:
            press(page, button)
        else:
            expect(page.get_by_role("row").filter(has_text="Write a year")).to_be_visible()
    expect(page.get_by_text("Brought in.")).to_be_visible()
    is_open(page)
    press(page, "Take this file back")
    expect(page.get_by_text("Taken back.")).to_be_visible()

    own = as_(technician[1], width=width)
    own.goto(f"{site.address}/my/equipment/?q=lathe")
    expect(own.get_by_role("button", name=re.compile(r"I run it\b.*lathe")).first).to_be_visible()
    is_open(own)
