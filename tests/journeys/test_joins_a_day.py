"""A school joins a campaign day on a phone: two screens, a mail, one press, kit and code."""

import re
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of
from tests.journeys.pages import DAY

PHONE = 360
LIST = """\
urn,la_estab,la_name,school_name,school_type,parliamentary_constituency
900001,1,Nowhereshire,Northmoor High School,Community school,Nowhere North
"""


def own_page(site: Site, address: str) -> str:
    words = site.letter_to(address, holding="Count us in")
    found = re.search(r"http\S+?(/campaigns/\S+)", words)
    assert found
    return found[1]


def say_who(page: Page, address: str) -> None:
    page.get_by_label("Your name").fill("Nora Made-Up")
    page.get_by_label("Your e-mail at school").fill(address)
    page.get_by_label("How many technicians").fill("4")
    page.get_by_label("Show our school").check()
    page.get_by_role("button", name="Join in").click()
    expect(page.locator("h1")).to_have_text("Look in your mail")


def test_two_screens_to_kit_and_code(visit: Any, axe: Any, site: Site, tmp_path: Path) -> None:
    """With script, then another school without: the second finds what the first did."""
    file = tmp_path / "schools.csv"
    file.write_text(LIST)
    site.manage("load_places", "schools", str(file), "--apply")
    for javascript in (True, False):
        join(visit, axe, site, javascript=javascript)


def join(visit: Any, axe: Any, site: Site, *, javascript: bool) -> None:
    address = f"nora-{javascript}@benchside.example".casefold()
    page = visit(DAY, width=PHONE, javascript=javascript)
    page.get_by_role("link", name="Join with your school").click()
    page.get_by_role("searchbox").fill("northmore high")
    page.get_by_role("button", name="Find").click()
    if javascript:
        page.get_by_role("link", name="Northmoor High School").click()
    else:  # it is in by now: another one joins, typed by hand
        expect(page.get_by_text("In already")).to_be_visible()
        page.get_by_role("link", name="Type it myself").click()
        page.get_by_label("School or college").fill("Northmoor Free School")
        page.get_by_role("textbox", name="Town").fill("Northmoor")
        page.get_by_label("Part of the UK").select_option("wales")
        page.get_by_label("Kind of school").select_option("secondary")
    say_who(page, address)
    page.goto(site.address + own_page(site, address))
    page.get_by_role("button", name="Count us in").click()
    expect(page.locator("h1")).to_contain_text("Northmoor")
    code = page.locator(".classcode__code span").first.inner_text()
    assert re.fullmatch(r"[2-9A-Z]{4} [2-9A-Z]{4}", code)
    assert width_of(page) <= PHONE if javascript else True
    if javascript:
        assert axe(page) == []
    link = page.get_by_role("link", name="Poster, A4").get_attribute("href")
    poster = page.request.get(site.address + str(link))
    assert poster.headers["content-type"] == "application/pdf"
    assert poster.body().startswith(b"%PDF-")
    page.get_by_role("link", name="Take our school out").click()
    page.get_by_role("link", name="Stay in").click()
    assert page.context.cookies() == []


def test_mistakes_are_said_and_nothing_typed_is_lost(visit: Any, axe: Any) -> None:
    page = visit(f"{DAY}join/school/?name=Nowhere+School", width=PHONE)
    page.get_by_label("Your name").fill("Nora Made-Up")
    page.get_by_label("Your e-mail at school").fill("nora at school")
    page.get_by_role("button", name="Join in").click()
    problems = page.get_by_role("alert").first
    expect(problems).to_contain_text("This is no e-mail address")
    expect(page.get_by_label("Your name")).to_have_value("Nora Made-Up")
    expect(page.get_by_label("School or college")).to_have_value("Nowhere School")
    assert axe(page) == []
    page.problems.clear()  # the browser writes the 422 into its console


def test_words_are_copied_with_one_press(visit: Any, site: Site) -> None:
    page = visit(f"{DAY.rsplit('/', 2)[0]}/partners/", permissions=["clipboard-write"])
    page.get_by_role("button", name="Copy short post").click()
    expect(page.get_by_role("status").first).to_have_text("Copied")
