"""A class takes the quiz: by keyboard, without script, thirty-two at once; its teacher too."""

import re
import threading
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of
from tests.journeys.test_pupil import focus_is_seen, tab_to

PUPILS = 32


@dataclass
class Lesson:
    """An open class, by its teacher's page and its code."""

    site: Site
    path: str
    code: str

    @property
    def pupil_path(self) -> str:
        return f"/careers/class/{self.code}/"

    def ask(self, path: str, **form: str) -> tuple[int, str]:
        """A pupil's device: no cookie, nothing but forms. GET without fields, else POST."""
        body = urllib.parse.urlencode(form).encode() if form else None
        asked = urllib.request.Request(self.site.address + path, data=body)
        try:
            with urllib.request.urlopen(asked, timeout=60) as answer:
                assert "set-cookie" not in answer.headers
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as answer:
            return answer.code, answer.read().decode()

    def ticket(self, **answers: str) -> str:
        page = field(self.ask(f"{self.pupil_path}quiz/")[1], "page")
        return field(self.ask(f"{self.pupil_path}result/", page=page, **answers)[1], "ticket")

    def hand_in(self, ticket: str) -> int:
        return self.ask(f"{self.pupil_path}hand-in/", ticket=ticket)[0]


def field(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, f"no field {name}"
    return found[1]


@pytest.fixture
def lesson(site: Site, visit: Any) -> Lesson:
    """Opened as a teacher does it, in a browser."""
    page = visit("/careers/class/new/")
    page.get_by_label("Pupils").fill(str(PUPILS))
    page.get_by_label("Minutes").fill("40")
    page.get_by_label("Year 8").check()
    page.get_by_role("button", name="Open the class").click()
    expect(page.locator("h1")).to_have_text("Your class is open")
    code = "".join(page.locator(".classcode__code span").first.inner_text().split())
    path = page.url.removeprefix(site.address)
    assert page.context.cookies() == []
    page.close()
    return Lesson(site, path, code)


def close(page: Page, lesson: Lesson) -> None:
    page.goto(f"{lesson.site.address}{lesson.path}close/")
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("h1")).to_have_text("What your class said")


# --- thirty-two at once ---------------------------------------------------------------------------
def test_thirty_two_devices_at_once_are_each_counted_once(visit: Any, lesson: Lesson) -> None:
    """Every other pupil presses twice, at the same moment, from two connections."""
    ready = threading.Barrier(PUPILS)
    subjects = ("physics", "music")

    def pupil(number: int) -> list[int]:
        ticket = lesson.ticket(subject=subjects[number % 2], **{"card-sick-river": "2"})
        ready.wait(timeout=120)
        with ThreadPoolExecutor(2) as hands:
            return list(hands.map(lesson.hand_in, [ticket] * (1 + number % 2)))

    with ThreadPoolExecutor(PUPILS) as devices:
        answers = [status for found in devices.map(pupil, range(PUPILS)) for status in found]
    assert answers == [200] * (PUPILS + PUPILS // 2)
    page = visit(lesson.path)
    assert not re.search(r"\d+ pupils handed in", page.content())
    close(page, lesson)
    expect(page.get_by_text(f"{PUPILS} pupils handed in.")).to_be_visible()
    counts = {int(text) for text in page.locator(".bars .num").all_inner_texts()}
    assert counts, "sixteen with one set of roles and sixteen with another: something is told"
    assert all(5 <= count <= PUPILS - 5 for count in counts)


# --- by keyboard, with and without script ---------------------------------------------------------
def test_a_pupil_by_keyboard_alone(visit: Any, lesson: Lesson) -> None:
    page = visit("/class/")
    tab_to(page, "Class code")
    page.keyboard.type(f"{lesson.code[:3]} {lesson.code[3:]}".lower())
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{lesson.pupil_path}")
    tab_to(page, "^Start$")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{lesson.pupil_path}quiz/")
    tab_to(page, "^Yes$")
    page.keyboard.press("Space")
    tab_to(page, "Stop here|See my roles")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Six roles to look into")
    tab_to(page, "^Hand in to the class$")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text("Thank you. Your six are in the sum.")
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_without_javascript_from_opening_to_deleting(visit: Any, lesson: Lesson) -> None:
    site = lesson.site.address
    page = visit(f"{lesson.pupil_path}quiz/", javascript=False)
    page.locator("input[value='2']").first.check(force=True)
    page.get_by_role("button", name="See my roles").last.click()
    page.get_by_role("button", name="Hand in to the class").click()
    expect(page.get_by_text("Your six are in the sum")).to_be_visible()
    page.go_back()
    page.get_by_role("button", name="Hand in to the class").click()
    expect(page.locator("h1")).to_have_text("These roles are handed in already.")
    for number in range(11):
        subject = ("music", "biology")[number % 2]
        assert lesson.hand_in(lesson.ticket(subject=subject)) == 200

    teacher = visit(lesson.path, javascript=False)
    teacher.get_by_role("link", name="Show it on the projector").click()
    teacher.get_by_role("link", name="Close the class").click()
    teacher.get_by_role("button", name="Close it").click()
    expect(teacher.locator("h1")).to_have_text("What came out for 12 of us")
    teacher.get_by_role("link", name="Teacher's page").click()
    teacher.get_by_role("link", name="Write the evidence line").click()
    teacher.get_by_label(re.compile("^3: ")).check()
    teacher.get_by_role("button", name="Put them in the line").click()
    expect(teacher.get_by_role("row", name="Gatsby Benchmarks 3")).to_be_visible()
    with teacher.expect_download() as download:
        teacher.get_by_role("button", name="Save as CSV").click()
    text = download.value.path().read_text("utf-8-sig")
    assert ",3,Year 8,32,12,40" in text
    teacher.get_by_role("link", name="Back to the class").click()
    teacher.get_by_role("link", name="Delete this class").click()
    teacher.get_by_role("button", name="Delete it").click()
    expect(teacher.locator("h1")).to_have_text("The class is deleted")
    assert lesson.ask(lesson.path)[0] == 404
    assert lesson.ask(lesson.pupil_path)[0] == 404
    page.goto(site + lesson.pupil_path)
    expect(page.locator("h1")).to_have_text("We have no class with that code")


def test_what_is_handed_in_moves_with_the_list(visit: Any, lesson: Lesson) -> None:
    """With script the list is replaced in place, and the ticket with it; so too after a reload."""
    page = visit(f"{lesson.pupil_path}quiz/")
    page.get_by_role("button", name="Show all cards on one page").click()
    page.get_by_role("checkbox", name="Music").check()
    page.get_by_role("button", name="See my roles").last.click()
    ticket = page.locator("[name=ticket]")
    expect(ticket).to_have_count(1)
    before = ticket.get_attribute("value")
    page.get_by_role("checkbox", name="Music").uncheck()
    expect(ticket).not_to_have_attribute("value", before)
    page.reload()
    expect(page.locator("h1")).to_have_text("Six roles to look into")
    page.get_by_role("button", name="Hand in to the class").click()
    expect(page.get_by_text("Your six are in the sum")).to_be_visible()


# --- how it looks ---------------------------------------------------------------------------------
Check = Callable[[Any], list[str]]


def test_every_page_of_a_class_passes_axe_and_fits_320(
    visit: Any, axe: Check, lesson: Lesson
) -> None:
    def look(*paths: str) -> None:
        for path in paths:
            for width, scheme in ((1280, "light"), (320, "dark")):
                page = visit(path, scheme=scheme, width=width)
                assert axe(page) == []
                assert page.locator("h1").count() == 1
                wide = width_of(page)
                assert wide <= width, f"{path} is {wide} px wide at {width}"
                assert page.get_by_role("link", name="Report a concern").count() >= 1
                assert page.locator("[style], style, script:not([src])").count() == 0
                page.close()

    teacher = [lesson.path + end for end in ("", "projector/", "close/", "delete/", "evidence/")]
    look(*teacher, lesson.pupil_path, f"{lesson.pupil_path}quiz/")
    for number in range(12):
        lesson.hand_in(lesson.ticket(subject=("music", "biology")[number % 2]))
    page = visit(lesson.path)
    close(page, lesson)
    look(lesson.path, f"{lesson.path}projector/", f"{lesson.path}evidence/", lesson.pupil_path)
    look("/careers/class/CDGHJK/", "/careers/class/teach/nothing/")


@pytest.mark.parametrize("closed", [False, True])
def test_the_projector_needs_no_scrolling(visit: Any, lesson: Lesson, closed: bool) -> None:
    if closed:
        cards = {f"card-{slug}": "2" for slug in ("sick-river", "mend-controller")}
        for number in range(PUPILS):
            subject = ("music", "biology", "computing", "geography", "pe", "drama")[number % 6]
            lesson.hand_in(lesson.ticket(subject=subject, **(cards if number % 2 else {})))
        close(visit(lesson.path), lesson)
    page = visit(f"{lesson.path}projector/")
    if closed:
        assert page.locator(".bars").first.locator("tbody tr").count() >= 8
    for width, height in ((1280, 720), (1024, 768), (1920, 1080)):
        page.set_viewport_size({"width": width, "height": height})
        tall = page.evaluate("document.documentElement.scrollHeight")
        assert tall <= height, f"{tall} px tall at {width} x {height}"
    if not closed:
        size = page.locator(".classcode__code").evaluate("e => getComputedStyle(e).fontSize")
        assert float(size.removesuffix("px")) >= 150


def test_paper(visit: Any, lesson: Lesson) -> None:
    """The worksheet is one sheet of A4, both sides; the evidence line one page, no secret on it."""
    for path, sides in (("/careers/class/worksheet/", 2), (f"{lesson.path}evidence/", 1)):
        page = visit(path)
        printed = page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
        assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) == sides, path
        page.emulate_media(media="print")
        assert lesson.path not in page.locator("body").inner_text()
