"""An organisation from the first press on the public site: asked for, opened, handed on."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of

SCHOOLS = """\
urn,la_name,school_name,school_type,parliamentary_constituency
900001,Nowhereshire,Northmoor High School,Community school,Nowhere North
900002,Nowhereshire,St Madeup's CofE Primary School,Voluntary aided school,Nowhere South
"""
HERE = "/org/made-up-university/"
PASSED = "a long enough sentence"


@pytest.fixture(scope="module")
def listed(site: Site, tmp_path_factory: pytest.TempPathFactory) -> None:
    file: Path = tmp_path_factory.mktemp("lists") / "schools.csv"
    file.write_text(SCHOOLS)
    site.manage("load_places", "schools", str(file), "--apply")


def heading(page: Page) -> str:
    return page.get_by_role("heading", level=1).inner_text()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


# --- asking -------------------------------------------------------------------------------------
@pytest.mark.usefixtures("listed")
def test_a_school_signs_up_on_a_phone_in_five_screens(
    visit: Any, axe: Any, as_: Callable[..., Page], site: Site
) -> None:
    page = visit("/", width=390, javascript=False, has_touch=True)
    page.set_default_timeout(15_000)
    page.get_by_role("link", name="Open your organisation").last.click()
    screens = []

    def seen() -> None:
        screens.append(heading(page))
        assert width_of(page) <= 390

    seen()
    page.get_by_label("Name, town, postcode or number").fill("northmor high scool")
    press(page, "Find")
    seen()
    page.get_by_role("link", name="Northmoor High School").click()
    seen()
    page.get_by_label("Your name").fill("Tess Made-Up")
    page.get_by_label("E-mail").fill("tess.journey@benchside.example")
    page.get_by_label("Password", exact=True).fill(PASSED)
    page.get_by_label(re.compile("18")).check()
    press(page, "Make my account")
    seen()
    letter = site.letter_to("tess.journey@benchside.example", holding="code")
    code = re.search(r"^\s*([A-Z0-9]{4}-?[A-Z0-9]{3,5})\s*$", letter, re.MULTILINE)
    assert code, letter
    page.get_by_label("Code").fill(code[1])
    press(page, "Go on")
    seen()
    assert page.get_by_text("900001").is_visible()
    page.get_by_label("What do you do there?").fill("Senior science technician")
    page.get_by_label("I work there, and may speak for it").check()
    press(page, "Ask to open it")
    assert heading(page) == "Your space"
    expect(page.get_by_text("You asked for Northmoor High School")).to_be_visible()
    assert len(screens) == 5, screens

    desk = as_("administrator")
    desk.goto(f"{site.address}/desk/organisations/")
    desk.get_by_role("link", name="Northmoor High School").click()
    expect(desk.get_by_text("Senior science technician")).to_be_visible()
    desk.get_by_role("button", name=re.compile("^Open it")).click()
    expect(desk.get_by_text("is open. Its lead is told by e-mail")).to_be_visible()

    letter = site.letter_to("tess.journey@benchside.example", holding="/org/northmoor-high-school/")
    page.goto(re.search(r"http\S+/org/northmoor-high-school/", letter)[0])  # type: ignore[index]
    expect(page.get_by_role("heading", name=re.compile("^First: "))).to_be_visible()


# --- a workspace --------------------------------------------------------------------------------
def test_a_lead_invites_a_deputy_who_makes_an_account(
    visit: Any, axe: Any, as_: Callable[..., Page], site: Site
) -> None:
    lead = as_("employer-lead")
    lead.goto(f"{site.address}/org/made-up-instruments-ltd/")
    lead.get_by_role("link", name="Invite a deputy lead").click()
    lead.get_by_label("E-mail address").fill("dana.journey@benchside.example")
    assert lead.get_by_label("As", exact=True).input_value() == "deputy"
    press(lead, "Send the invitation")
    expect(lead.get_by_text("is on its way")).to_be_visible()

    letter = site.letter_to("dana.journey@benchside.example", holding="/accounts/join/")
    found = re.search(r"http\S+(/accounts/join/\S+)", letter)
    assert found
    deputy = visit(found[1], width=390)
    expect(deputy.get_by_text("deputy lead at Made-Up Instruments Ltd")).to_be_visible()
    deputy.get_by_label("Your name").fill("Dana Made-Up")
    deputy.get_by_label("Password", exact=True).fill(PASSED)
    deputy.get_by_label(re.compile("18")).check()
    press(deputy, "Make my account")
    expect(deputy).to_have_url(re.compile("/org/made-up-instruments-ltd/$"))
    assert axe(deputy) == []
    deputy.get_by_text("Go to another sheet").click()
    expect(deputy.get_by_role("link", name="Invitations")).to_be_visible()
    assert deputy.get_by_role("link", name="Hand over").count() == 0


def test_a_lead_hands_over_by_keyboard(visit: Any, as_: Callable[..., Page], site: Site) -> None:
    """The school's lead to somebody who took up a role first."""
    lead = as_("school-lead", java_script_enabled=False)
    workspace = f"{site.address}/org/made-up-high-school/"
    lead.goto(f"{workspace}invitations/?role=lead")
    lead.get_by_label("E-mail address").fill("technician@benchside.example")
    lead.keyboard.press("Enter")
    expect(lead.get_by_text("is on its way")).to_be_visible()
    letter = site.letter_to("technician@benchside.example", holding="/accounts/join/")
    next_lead = as_("technician")
    next_lead.goto(re.search(r"http\S+/accounts/join/\S+", letter)[0])  # type: ignore[index]
    press(next_lead, "Accept")
    expect(next_lead).to_have_url(workspace)

    lead.goto(f"{workspace}hand-over/")
    lead.get_by_label("Who takes over").focus()
    taker = lead.get_by_label("Who takes over").locator("option", has_text="Tess Made-Up")
    lead.get_by_label("Who takes over").select_option(value=taker.get_attribute("value"))
    lead.keyboard.press("Tab")
    lead.keyboard.press("Space")
    lead.keyboard.press("Tab")
    lead.keyboard.press("Enter")
    expect(lead.get_by_text("is lead of Made-Up High School now")).to_be_visible()
    assert lead.goto(workspace).status == 404  # type: ignore[union-attr]
    next_lead.goto(f"{workspace}people/?ended=yes")
    expect(next_lead.get_by_role("rowheader", name=re.compile("Sunny Made-Up"))).to_be_visible()


def test_units_are_shaped_by_keyboard_without_script(as_: Callable[..., Page], site: Site) -> None:
    page = as_("deputy", java_script_enabled=False, width=320)
    page.goto(f"{site.address}{HERE}units/")
    page.get_by_label("Name").focus()
    page.keyboard.type("Glass workshop")
    page.keyboard.press("Enter")
    expect(page.get_by_text("Glass workshop is added.")).to_be_visible()
    page.get_by_role("link", name="Change Glass workshop").focus()
    page.keyboard.press("Enter")
    page.get_by_label("Part of").select_option(label=re.compile("Faculty of Arts").pattern)
    press(page, "Move it")
    expect(page.get_by_text("is moved, with all that is part of it")).to_be_visible()
    press(page, "Close Glass workshop")
    expect(page.get_by_text("Its history stays")).to_be_visible()
    assert width_of(page) <= 320


SHEETS = ["", "visibility/", "recognition/", "people/", "people/?q=zzzz", "units/", "invitations/",
          "hand-over/", "details/", "audit/", "audit/?about=unit"]  # fmt: skip


def test_every_sheet_is_accessible_wide_in_light_and_at_320_in_the_dark(
    axe: Any, as_: Callable[..., Page], site: Site
) -> None:
    wide = as_("lead")
    narrow = as_("lead", width=320, color_scheme="dark")
    faults = []
    for sheet in SHEETS:
        for page in (wide, narrow):
            page.goto(f"{site.address}{HERE}{sheet}")
            faults += axe(page)
        over = width_of(narrow)
        if over > 320:
            faults.append(f"{sheet} is {over} px wide at 320")
    assert faults == []
