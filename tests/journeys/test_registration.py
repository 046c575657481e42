"""From a phone onto a register: apply, be spoken for by link, be decided, pay, be on it."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

PHONE = 390
STRANGE = re.compile(r"\bsubmissions?\b|\bcriteri(?:on|a)\b|\bevidence items?\b", re.I)
MINE = "/my/registrations/"
# The assessors judge, the registrar recommends, the body ratifies: their screens are tried in the
# engine's own journeys.
DECIDE = """
from benchside.accounts.models import User
from benchside.core.actions import Actor
from benchside.recognition.models import RegisterApplication
from benchside.recognition.registers.demo import ASSESSORS, Way, approved, judged_met
def user(local):
    return User.objects.get(email=f"{local}@benchside.example")
one = RegisterApplication.objects.get(number="%s")
way = Way(one, Actor.of(user("registrar")), [user(local) for local in ASSESSORS],
          Actor.of(user("body-ratifier")))
judged_met(way)
approved(way)
"""


def plain(page: Page) -> None:
    """No word of the engine on it, and nothing wider than the phone."""
    assert STRANGE.findall(page.locator("main").inner_text()) == [], page.url
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE, page.url


def begin(page: Page, site: Site, axe: Callable[[Any], list[str]]) -> str:
    """Through the plain questions; returns the application's number."""
    page.goto(f"{site.address}/my/")
    page.get_by_role("link", name="Your registrations").click()
    plain(page)
    page.get_by_role("link", name="Apply to another register").click()
    plain(page)
    page.locator("a[href$='/start/registered-it-technician/']").click()
    plain(page)
    assert axe(page) == []
    page.get_by_role("link", name="No", exact=True).click()
    plain(page)
    assert axe(page) == []
    page.get_by_label("Your legal name").fill("Candida Made-Up")
    page.get_by_role("button", name="Begin my application").click()
    plain(page)
    assert axe(page) == []
    return page.url.rstrip("/").rsplit("/", 1)[1]


def answer(page: Page) -> None:
    """The question that is open, as far as it is not answered."""
    plain(page)
    words = page.locator("textarea[name=text]")
    if words.count() and not words.input_value():
        words.fill("I did it last March: I looked, tried, and wrote down what I found.")
    if page.get_by_text("piece is wanted here").count():
        page.locator("summary", has_text="Add a file or a photograph").click()
        file = {"name": "cv.txt", "mimeType": "text/plain", "buffer": b"Made up."}
        page.locator("#beside-file").set_input_files(file)
        page.get_by_role("button", name="Add it").first.click()
        expect(page.get_by_text("cv.txt").first).to_be_visible()
    here = page.url
    page.get_by_role("button", name=re.compile("Save and (go on|finish)")).click()
    page.wait_for_url(lambda url: url != here)


def write(page: Page) -> None:
    page.get_by_role("link", name="Go on writing").click()
    form = page.url
    for _ in range(12):
        plain(page)
        onward = page.get_by_role("link", name="Go on writing")
        if not onward.count():
            break
        onward.click()
        answer(page)
        page.goto(form)
    page.goto(f"{form}supporters/")
    plain(page)
    page.get_by_label("Name").fill("Manny Made-Up")
    page.get_by_label("E-mail").fill("manny@work.example")
    page.get_by_role("button", name=re.compile("Ask")).first.click()
    plain(page)


def speak(page: Page, site: Site, axe: Callable[[Any], list[str]]) -> None:
    letter = site.letter_to("manny@work.example", holding="/support/")
    link = re.search(r"https?://\S+/support/\S+", letter)
    assert link
    page.goto(link.group())
    assert axe(page) == []
    boxes = page.locator("form textarea")
    assert boxes.count() == 4, "one for each area that is judged, and none for documents"
    for number in range(boxes.count()):
        boxes.nth(number).fill("I have seen it, and it was good.")
    page.get_by_role("button", name="Send it").click()
    expect(page.get_by_role("heading", name="Thank you")).to_be_visible()


def sign(page: Page, form: str) -> None:
    page.goto(f"{form}signatures/")
    plain(page)
    page.get_by_role("link", name="Read and sign").click()
    plain(page)
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.locator("input[name=signed_as]").fill("Candida Made-Up")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.goto(f"{form}signatures/")
    page.get_by_role("button", name="Send it in").click()
    plain(page)


def pay(page: Page, heading: str) -> None:
    part = page.locator("section.sheetpart", has_text=heading)
    part.locator("summary", has_text="Mark it as paid").click()
    part.get_by_role("button", name="Mark it as paid").click()
    expect(page.get_by_text("It is paid.")).to_be_visible()


def test_a_technician_gets_onto_a_register(
    as_: Callable[..., Page],
    visit: Callable[..., Any],
    site: Site,
    axe: Callable[[Any], list[str]],
) -> None:
    page = as_("candidate", width=PHONE)
    number = begin(page, site, axe)
    mine = f"{site.address}{MINE}{number}/"
    write(page)
    page.goto(mine)
    page.get_by_role("link", name="Go on writing").click()
    form = page.url
    speak(visit("/", width=PHONE), site, axe)
    page.goto(f"{form}supporters/")
    assert "I have seen it" not in page.locator("main").inner_text()
    sign(page, form)
    page.goto(mine)
    plain(page)
    expect(page.get_by_text("Pay £35.00")).to_be_visible()
    assert axe(page) == []

    desk = as_("registrar")
    desk.goto(f"{site.address}/registry/registered-it-technician/applications/?waits=check")
    assert axe(desk) == []
    desk.get_by_role("link", name=number).click()
    assert axe(desk) == []
    desk.get_by_role("button", name="All is there").click()
    pay(desk, "Application")
    site.manage("shell", "-c", DECIDE % number)

    page.goto(mine)
    expect(page.get_by_text("Approved, not yet on the register").first).to_be_visible()
    assert axe(page) == []
    desk.reload()
    pay(desk, "Year on the register")
    page.goto(site.address + MINE)
    page.get_by_role("link", name=re.compile(r"RIT-\d{6}")).click()
    plain(page)
    expect(page.get_by_text("RITMade")).to_be_visible()
    site.letter_to("candidate@benchside.example", holding="RIT-")
