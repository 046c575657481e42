"""From a phone onto a register: apply, be spoken for by link, be assessed by two who do not know
each other's view, be decided by the body, let the employer pay, be on it for everybody to see."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of
from tests.journeys.deciding import (
    FIRST,
    SECOND,
    accept,
    ask,
    hand_in,
    judge,
    on_a_phone,
    open_seat,
    ratify,
    recommend,
    until_shown,
)

PHONE = 390
STRANGE = re.compile(r"\bsubmissions?\b|\bcriteri(?:on|a)\b|\bevidence items?\b", re.I)
MINE = "/my/registrations/"
WHO, NAME = "anwen.invented", "Anwen Invented"  # on the university's staff list
STANDARD = "Registered IT Technician"
UNIVERSITY = "/org/made-up-university/recognition/registrations/"


def plain(page: Page) -> None:
    """No word of the engine on it, and nothing wider than the phone."""
    assert STRANGE.findall(page.locator("main").inner_text()) == [], page.url
    assert width_of(page) <= PHONE, page.url


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
    page.get_by_label("Your legal name").fill(NAME)
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


OURS = "We did this together, and our group went on with it, and we told all how we had mended it. "
COVERED = """() => {
  const note = document.querySelector(".scribe__saved .note");
  note.scrollIntoView({block: "end"});
  const end = note.getBoundingClientRect().bottom;
  return end - document.querySelector(".scribe__bar").getBoundingClientRect().top;
}"""


def read_advice(page: Page) -> None:
    """What is said of the words as they are typed is seen whole: the bar of buttons is below it."""
    words = page.locator("textarea[name=text]")
    if not words.count():
        return
    words.fill(OURS * 2)
    expect(page.get_by_role("heading", name="Before you go on")).to_be_visible(timeout=20_000)
    assert page.evaluate(COVERED) <= 0
    words.fill("")


def write(page: Page) -> None:
    page.get_by_role("link", name="Go on writing").click()
    form = page.url
    for number in range(12):
        plain(page)
        onward = page.get_by_role("link", name="Go on writing")
        if not onward.count():
            break
        onward.click()
        if number == 0:
            read_advice(page)
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


def sign(page: Page, form: str, send: str = "Send it in") -> None:
    page.goto(f"{form}signatures/")
    plain(page)
    page.get_by_role("link", name="Read and sign").click()
    plain(page)
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.locator("input[name=signed_as]").fill(NAME)
    page.get_by_role("button", name="Sign", exact=True).click()
    page.goto(f"{form}signatures/")
    page.get_by_role("button", name=send).click()
    plain(page)


def assess(
    as_: Callable[..., Page], site: Site, mine: Page, number: str, axe: Callable[[Any], list[str]]
) -> None:
    """Two read it, each alone; the first asks for something more, and it comes."""
    first, second = as_(FIRST), as_(SECOND)
    for page in (first, second):
        open_seat(page, site, NAME, STANDARD)
        accept(page)
    on_a_phone(first, axe)
    judge(second)
    hand_in(second)
    on_a_phone(second, axe)

    first.get_by_role("link", name="Your review", exact=True).click()
    first.get_by_label("What do you ask for?").fill("Say what you yourself did. Made up.")
    first.get_by_role("button", name="Ask for it").click()
    expect(first.get_by_role("heading", name="More was asked for")).to_be_visible()
    expect(first.get_by_text("What the others said")).to_have_count(0)
    send_more(mine, site, number, axe)

    first.reload()
    expect(first.get_by_text("I mended it with my own hands")).to_have_count(0)
    first.get_by_role("link", name="Read and judge").click()
    expect(first.get_by_text("I mended it with my own hands.").first).to_be_visible()
    judge(first)
    hand_in(first)
    expect(first.get_by_text("What the others said")).to_be_visible()


def send_more(page: Page, site: Site, number: str, axe: Callable[[Any], list[str]]) -> None:
    page.goto(f"{site.address}{MINE}{number}/")
    plain(page)
    expect(page.get_by_text("Say what you yourself did. Made up.")).to_be_visible()
    page.get_by_role("link", name="Answer", exact=True).click()
    plain(page)
    assert axe(page) == []
    form = page.url
    page.get_by_role("link", name=re.compile("A fault you put right")).first.click()
    page.locator("textarea[name=text]").fill("I mended it with my own hands.")
    page.get_by_role("button", name=re.compile("Save and (go on|finish)")).click()
    page.goto(form)
    page.get_by_role("link", name="send it to those who asked").click()
    expect(page.get_by_role("button", name="Send what was asked for")).to_have_count(0)
    sign(page, form, "Send what was asked for")


def let_the_employer_pay(
    as_: Callable[..., Page], site: Site, mine: Page, axe: Callable[[Any], list[str]]
) -> None:
    mine.goto(f"{site.address}{MINE}")
    mine.get_by_role("link", name="Your fees, and who pays them").click()
    part = mine.locator(".sheetpart", has_text=STANDARD).filter(has_text="to be paid")
    part.get_by_role("button", name="Ask them to pay").click()
    plain(mine)
    lead = as_("lead")
    lead.goto(site.address + UNIVERSITY)
    on_a_phone(lead, axe)
    part = lead.locator(".sheetpart", has_text=STANDARD).filter(has_text=NAME)
    part.get_by_role("textbox").fill("MU-4711")
    part.get_by_role("button", name=re.compile("^We pay it")).click()
    expect(lead.get_by_text("(MU-4711)")).to_be_visible()


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
    page = as_(WHO, width=PHONE)
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
    application = desk.url
    desk.get_by_role("link", name=re.compile("Read it; send back, seats")).click()
    ask(desk, FIRST, SECOND)
    on_a_phone(desk, axe)
    assess(as_, site, page, number, axe)
    desk.reload()
    recommend(desk)
    ratify(as_("body-ratifier"), site, NAME, STANDARD, axe)

    page.goto(mine)
    expect(page.get_by_text("Approved, not yet on the register").first).to_be_visible()
    assert axe(page) == []
    until_shown(desk, application, "Year on the register")
    let_the_employer_pay(as_, site, page, axe)
    desk.reload()
    expect(desk.get_by_text("to Made-Up University")).to_be_visible()
    pay(desk, "Year on the register")
    page.goto(site.address + MINE)
    page.get_by_role("link", name=re.compile(r"^Registered .*RIT-\d{6}$")).click()
    plain(page)
    expect(page.get_by_text("RITMade")).to_be_visible()
    site.letter_to(f"{WHO}@benchside.example", holding="RIT-")
    entry = page.locator("main").get_by_text(re.compile(r"RIT-\d{6}")).first.inner_text()
    seen_by_others(as_("lead"), visit, site, entry)


def seen_by_others(lead: Page, visit: Callable[..., Any], site: Site, entry: str) -> None:
    """The employer reads it among its technicians; anybody finds the number."""
    lead.goto(site.address + UNIVERSITY)
    expect(lead.get_by_role("row", name=re.compile(entry))).to_contain_text(NAME)
    public = visit("/registers/find/", width=PHONE)
    public.get_by_label("Name or number").fill(entry)
    public.get_by_role("button", name="Look up").click()
    public.get_by_role("link", name=re.compile(NAME)).click()
    expect(public.get_by_text("Yes: this person is registered now.")).to_be_visible()
    expect(public.locator(".plate__no dd")).to_have_text(entry)
