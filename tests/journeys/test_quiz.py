"""The quiz as a pupil meets it: by keyboard, without script, on a small phone, in a frame."""

import re
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from benchside.careers.quiz.version import current
from tests.journeys.conftest import Site, width_of
from tests.journeys.test_pupil import focus_is_seen, tab_to

QUIZ = "/careers/quiz/"
CARDS = current().cards
CODE = re.compile(r"/careers/quiz/(?:embed/)?#1[0-9A-Z]{2}(?:-[0-9A-Z]{3}){5}$")
MOST_STEPS = 40


def on_screen(page: Page) -> str:
    return page.locator("[data-quiz-step]:visible h2").inner_text()


def matches(page: Page) -> Locator:
    return page.locator("#matches .match h3")


def titles(page: Page) -> list[str]:
    """What stands on the list now; `expect(matches(page))` where a page may only just come."""
    return matches(page).all_inner_texts()


def answer_all(page: Page, said: Callable[[int], str] = lambda place: "201"[place % 3]) -> None:
    """Choose an answer to each card by touch; the card turns itself."""
    for place, card in enumerate(CARDS):
        step = page.locator(f"#card-{card.slug}")
        expect(step).to_be_visible()
        step.locator(f"input[value='{said(place)}']").check(force=True)
    expect(page.locator("#subjects")).to_be_visible()


def to_result(page: Page) -> None:
    answer_all(page)
    page.get_by_role("button", name="Next").click()
    page.get_by_role("button", name="See my roles", exact=True).click()
    expect(page).to_have_url(CODE)


def test_by_keyboard_alone_with_cookies_blocked(visit: Any, site: Site) -> None:
    """At most forty steps: a step is one choice or one screen."""
    page = visit(QUIZ)
    page.context.clear_permissions()
    tab_to(page, "^Yes$")
    assert focus_is_seen(page)
    steps = 0
    for place, _ in enumerate(CARDS):
        assert page.evaluate("document.activeElement.name") == f"card-{CARDS[place].slug}"
        if place % 3 == 2:
            page.keyboard.press("ArrowRight")  # looks at "Not sure", and stays on the card
            assert page.evaluate("document.activeElement.name") == f"card-{CARDS[place].slug}"
            page.keyboard.press("Enter")
        else:
            page.keyboard.press("Space")
        expect(page.locator(f"#card-{CARDS[place].slug}")).to_be_hidden()
        steps += 1
    expect(page.locator("#subjects")).to_be_visible()
    page.keyboard.press("Space")
    tab_to(page, "^Physics$")
    page.keyboard.press("Space")
    steps += 2
    page.keyboard.press("Enter")
    steps += 1
    expect(page.locator("#choices")).to_be_visible()
    assert page.evaluate("document.activeElement.name") == "switch-hands"
    page.keyboard.press("ArrowLeft")
    steps += 1
    tab_to(page, "See my roles")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    steps += 1
    expect(page).to_have_url(CODE)
    assert steps <= MOST_STEPS
    assert len(titles(page)) == 8
    tab_to(page, f"^{titles(page)[0]}$")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_have_text(re.compile("echn|nurse|examiner|dispenser", re.I))
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length + sessionStorage.length") == 0


def test_without_javascript(visit: Any) -> None:
    page = visit(QUIZ, javascript=False)
    assert page.locator(".ask:visible").count() == 32
    for place, card in enumerate(CARDS):
        page.locator(f"#card-{card.slug} input[value='{'201'[place % 3]}']").check(force=True)
    page.get_by_label("Music").check()
    page.get_by_role("button", name="See my roles", exact=True).click()
    expect(page.locator("h1")).to_have_text("Six roles to look into")
    expect(matches(page)).to_have_count(8)
    before = titles(page)
    code = page.locator(".yourcode__code").inner_text()
    # Another answer moves the list.
    for card in CARDS[:12]:
        page.locator(f"[name='card-{card.slug}'][value='0']").check(force=True)
    page.get_by_role("button", name="See what moves").click()
    expect(page.get_by_text("New on the list:")).to_be_visible()
    assert titles(page) != before
    # The code typed leads to the first list again.
    page.get_by_role("link", name="Start again").click()
    page.get_by_label("Your code").fill(code.lower().replace("-", " "))
    page.get_by_role("button", name="Show my roles").click()
    expect(matches(page)).to_have_text(before)
    matches(page).locator("a").first.click()
    page.go_back()
    expect(matches(page)).to_have_text(before)


def test_too_many_subjects_without_javascript_lose_nothing(visit: Any) -> None:
    page = visit(QUIZ, javascript=False)
    page.locator("[name='card-calm-dog'][value='2']").check(force=True)
    for name in ("Maths", "Music", "Drama", "History"):
        page.get_by_label(name, exact=True).check()
    page.get_by_role("button", name="See my roles", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("You picked 4 subjects.")
    assert page.locator("[name='card-calm-dog'][value='2']").is_checked()
    assert page.locator("[name=subject]:checked").count() == 4


def test_back_skip_and_reload_lose_no_answer(visit: Any) -> None:
    page = visit(QUIZ)
    page.locator(f"#card-{CARDS[0].slug} input[value='2']").check(force=True)
    expect(page.locator(f"#card-{CARDS[1].slug}")).to_be_visible()
    page.get_by_role("button", name="Skip this one").click()
    expect(page.locator(f"#card-{CARDS[2].slug}")).to_be_visible()
    page.reload()
    expect(page.locator(f"#card-{CARDS[2].slug}")).to_be_visible()
    page.get_by_role("button", name="Back").click()
    page.get_by_role("button", name="Back").click()
    expect(page.locator(f"#card-{CARDS[0].slug} input[value='2']")).to_be_checked()
    expect(page.get_by_role("button", name="Back")).to_be_hidden()
    page.get_by_role("button", name="Show all cards on one page").click()
    expect(page.locator(".ask:visible")).to_have_count(32)


def test_the_next_pupil_at_this_computer_begins_afresh(visit: Any, site: Site) -> None:
    page = visit(QUIZ)
    page.locator(f"#card-{CARDS[0].slug} input[value='2']").check(force=True)
    expect(page.locator(f"#card-{CARDS[1].slug}")).to_be_visible()
    page.get_by_role("link", name="Quiz", exact=True).first.click()
    expect(page.locator(f"#card-{CARDS[0].slug}")).to_be_visible()
    assert page.locator("[name^=card-]:checked").count() == 0


def test_no_more_than_three_subjects(visit: Any) -> None:
    page = visit(QUIZ)
    answer_all(page)
    for name in ("Maths", "Music", "Drama"):
        page.get_by_label(name, exact=True).check()
    expect(page.get_by_label("History", exact=True)).to_be_disabled()
    expect(page.get_by_text("That is 3. Let one go to pick another.")).to_be_visible()
    page.get_by_label("Drama", exact=True).uncheck()
    expect(page.get_by_label("History", exact=True)).to_be_enabled()


def test_one_answer_changed_moves_the_list_in_its_place(visit: Any) -> None:
    page = visit(QUIZ)
    to_result(page)
    before, address = titles(page), page.url
    for card in CARDS[:10]:
        page.locator(f"[name='card-{card.slug}'][value='0']").check(force=True)
    expect(page.locator("[data-quiz-moved]")).to_have_text(re.compile("list|order"))
    page.wait_for_url(lambda url: url != address)
    assert page.evaluate("document.activeElement.name") == f"card-{CARDS[9].slug}"
    page.locator("#change").get_by_label("Music", exact=True).check()
    expect(page).to_have_url(CODE)
    page.wait_for_load_state("networkidle")
    changed = titles(page)
    assert changed != before
    page.reload()
    expect(page.locator("h1")).to_have_text("Six roles to look into")
    assert titles(page) == changed


def test_a_link_with_a_code_shows_its_list_and_no_server_sees_it(visit: Any, site: Site) -> None:
    page = visit(QUIZ)
    to_result(page)
    code, shown = page.url.split("#")[1], titles(page)
    asked: list[str] = []
    other = page.context.new_page()
    other.on("request", lambda request: asked.append(request.url.split("#")[0]))
    other.goto(f"{site.address}{QUIZ}#{code}")
    expect(other.locator("h1")).to_have_text("Six roles to look into")
    assert titles(other) == shown
    assert not [address for address in asked if code in address or code.replace("-", "") in address]
    other.locator("#matches .match h3 a").first.click()
    other.wait_for_url("**/careers/roles/**")
    other.go_back()
    expect(other.locator("h1")).to_have_text("Six roles to look into")
    assert titles(other) == shown


@pytest.mark.parametrize("code", ["1BR-NG8-R2Y-X4N-G9B-TYD", "ybrng8r2yx4ng9btyc"])
def test_a_link_with_a_mangled_code_says_so(visit: Any, site: Site, code: str) -> None:
    page = visit(f"{QUIZ}#{code}")
    expect(page.get_by_role("alert")).to_contain_text("code")
    expect(page.get_by_label("Your code")).to_have_value(re.compile("NG8"))


def test_a_role_is_kept_and_the_list_printed(visit: Any, site: Site) -> None:
    page = visit(QUIZ)
    to_result(page)
    first = titles(page)[0]
    page.locator("#matches [data-favourite]").first.click()
    expect(page.locator("#matches [data-favourite]").first).to_have_text("Let this role go")
    printed = page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
    assert len(re.findall(rb"/Type\s*/Page[^s]", printed)) <= 2
    page.goto(f"{site.address}/careers/roles/favourites/")
    expect(page.get_by_role("link", name=first)).to_be_visible()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_each_screen_is_accessible(visit: Any, axe: Any, scheme: str) -> None:
    page = visit(QUIZ, scheme=scheme)
    assert axe(page) == []
    answer_all(page)
    assert axe(page) == []
    page.get_by_role("button", name="Next").click()
    assert axe(page) == []
    page.get_by_role("button", name="See my roles", exact=True).click()
    expect(page).to_have_url(CODE)
    assert axe(page) == []


def test_on_a_small_phone(visit: Any, axe: Any) -> None:
    page = visit(QUIZ, width=320, has_touch=True, is_mobile=True)
    assert width_of(page) <= 320
    for card in CARDS:
        page.locator(f"#card-{card.slug} .answer").first.tap()
        assert width_of(page) <= 320
    page.get_by_role("button", name="Next").tap()
    assert width_of(page) <= 320
    page.get_by_role("button", name="See my roles", exact=True).tap()
    expect(page).to_have_url(CODE)
    assert width_of(page) <= 320
    assert axe(page) == []


def test_a_problem_is_reached_card_by_card(visit: Any, site: Site) -> None:
    """What the server refused is told, focused, and its screen is the one shown."""
    page = visit(QUIZ)
    page.evaluate("document.querySelector(\"[name='card-calm-dog']\").value = '9'")
    page.get_by_role("button", name="Show all cards on one page").click()
    page.locator("[name='card-calm-dog']").first.check(force=True)
    page.locator("[data-quiz-end] button").click()
    expect(page.get_by_role("alert")).to_be_focused()
    expect(page.locator("#card-calm-dog")).to_be_visible()
    assert page.locator(".ask:visible").count() == 1


@pytest.fixture
def school() -> Iterator[Callable[[str], str]]:
    """A page of somebody else's, at another address of this machine."""
    pages: dict[str, str] = {}

    class Answer(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html")
            self.end_headers()
            self.wfile.write(pages.get(self.path, "").encode())

        def log_message(self, *args: Any) -> None:
            """Quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answer)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()

    def frame(address: str) -> str:
        body = f'<iframe src="{address}" title="Quiz" width="100%" height="800"></iframe>'
        path = f"/{len(pages)}"
        pages[path] = f"<!doctype html><title>School</title>{body}"
        return f"http://localhost:{server.server_port}{path}"

    yield frame
    server.shutdown()
    thread.join()
    server.server_close()


def test_in_a_frame_of_another_site(browser: Any, site: Site, school: Callable[[str], str]) -> None:
    """A school's page frames the quiz: it works, sets nothing, and opens roles beside itself."""
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.goto(school(f"{site.address}/careers/quiz/embed/"))
    inside = page.frame_locator("iframe")
    for place, said in enumerate("20"):
        step = inside.locator(f"#card-{CARDS[place].slug}")
        expect(step).to_be_visible()
        step.locator(f"input[value='{said}']").check(force=True)
    inside.get_by_role("button", name="Stop here and see my roles").click()
    expect(inside.locator("h1")).to_have_text("Six roles to look into")
    with context.expect_page() as opened:
        inside.locator("#matches .match h3 a").first.click()
    expect(opened.value.locator("h1")).to_be_visible()
    assert opened.value.evaluate("window.opener") is None
    assert context.cookies() == []
    # The site's own pages may not be framed.
    page.goto(school(f"{site.address}/careers/quiz/"))
    expect(page.frame_locator("iframe").get_by_text("Which roles suit you?")).to_have_count(0)
    context.close()
