"""A technician tells a story on a phone, without an account, with a connection that drops; two
people at the desk publish it; the technician takes it back."""

import re
import urllib.error
import urllib.request
from typing import Any

from playwright.sync_api import Page, expect

from tests.factories.stories import a_photograph
from tests.journeys.conftest import Site, width_of

PHONE = 390
EMAIL = "rosa@benchside.example"
HOOK = "I make the tide lights blink on time."
WORDS = "First I read the log, then I climb the tower."


def status(site: Site, path: str) -> int:
    try:
        with urllib.request.urlopen(site.address + path, timeout=60) as answer:
            return int(answer.status)
    except urllib.error.HTTPError as answer:
        return answer.code


def no_wider_than_the_phone(page: Page) -> None:
    assert width_of(page) <= PHONE, page.url


def go_on(page: Page, button: str, heading: str) -> None:
    no_wider_than_the_phone(page)
    page.get_by_role("button", name=button, exact=True).click()
    expect(page.locator("h1")).to_have_text(heading)


def test_from_the_first_tap_to_published_and_withdrawn(
    visit: Any, as_: Any, axe: Any, site: Site
) -> None:
    page = visit("/stories/tell/", width=PHONE)
    assert axe(page) == []
    page.get_by_label("Name to show").fill("Rosa Made-Up")
    page.get_by_label("Your e-mail", exact=True).fill(EMAIL)
    page.get_by_label("I am 18 or over").check()
    go_on(page, "Begin", "What is your job?")
    page.get_by_label("Which job is nearest to yours?").select_option(label="ROV pilot technician")
    page.get_by_label("Who do you work for?").fill("Madeup Lights")
    go_on(page, "Keep it and go on", "Tell us about it")

    # The connection drops in the middle of a step: no word is lost, on the page or after it.
    page.get_by_label("One line that makes people read on").fill(HOOK)
    page.get_by_label(re.compile("What do you do on a normal day")).fill(WORDS)
    page.context.set_offline(True)
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_text("What you typed is safe in this browser")).to_be_visible()
    page.context.set_offline(False)
    page.reload()
    expect(page.get_by_text("What you typed before is back.")).to_be_visible()
    expect(page.get_by_label("One line that makes people read on")).to_have_value(HOOK)
    expect(page.get_by_label(re.compile("What do you do on a normal day"))).to_have_value(WORDS)
    assert axe(page) == []
    go_on(page, "Keep it and go on", "How did you get there?")
    assert (
        page.evaluate("Object.keys(localStorage).filter((k) => k.includes('answers')).length") == 0
    )

    # Another day, by the link in the mail.
    address = re.search(
        r"/stories/tell/\S+", site.letter_to(EMAIL, holding="the link to your story")
    )
    assert address is not None
    page.goto(site.address + address[0])
    page.goto(page.url.partition("step/")[0] + "step/route/")
    page.get_by_label("Year of step 1").fill("2016")
    page.get_by_label("What you did in step 1").fill("Apprentice at a harbour")
    go_on(page, "Keep it and go on", "Show yourself at work")
    picture = a_photograph()
    page.get_by_label("A picture of you at work").set_input_files(
        {"name": "rosa.jpg", "mimeType": "image/jpeg", "buffer": picture.read()}
    )
    page.get_by_label("What does it show?").fill("A woman on a light tower")
    go_on(page, "Add this picture", "Show yourself at work")
    expect(page.get_by_alt_text("A woman on a light tower")).to_be_visible()
    go_on(page, "Go on", "Have you got a film?")
    go_on(page, "Go on without a film", "Do you say yes to this?")
    assert axe(page) == []
    page.get_by_label("Everybody else who can be recognised").check()
    page.get_by_label("Sign with your whole name").fill("Rosa Made-Up")
    go_on(page, "I say yes", "Look it over, then send it")
    assert axe(page) == []
    go_on(page, "Send my story", "We have your story")
    own = page.url.partition("?")[0]
    assert page.context.cookies() == []
    assert page.evaluate("localStorage.length") == 0

    # At the desk: one sends the words to be agreed, the other publishes.
    desk = as_("moderator")
    desk.goto(f"{site.address}/desk/stories/?state=sent")
    desk.get_by_role("link", name=re.compile("Rosa")).first.click()
    expect(desk.get_by_text(HOOK).first).to_be_visible()
    desk.get_by_role("button", name="Send the words to be agreed").click()
    desk_url = desk.url

    page.goto(own)
    expect(page.locator("h1")).to_have_text("Read it once more")
    assert axe(page) == []
    go_on(page, "Yes, publish it so", "You have said yes")

    second = as_("second-moderator")
    second.goto(desk_url)
    second.get_by_role("button", name="Publish it").click()
    expect(second.get_by_text("Everybody can read it now.")).to_be_visible()

    page.goto(own)
    expect(page.locator("h1")).to_have_text("Everybody can read your story")
    public = page.get_by_role("link", name="See it as everybody does").get_attribute("href")
    assert public is not None
    assert status(site, public) == 200
    reader = visit(public, width=PHONE)
    expect(reader.get_by_text(WORDS)).to_be_visible()

    page.get_by_role("link", name="Take it back").click()
    page.get_by_role("button", name="Take it back").click()
    expect(page.locator("h1")).to_have_text("It is gone")
    assert status(site, public) == 404
    assert status(site, own.removeprefix(site.address)) == 404


def test_without_javascript_a_story_is_begun_and_gone_on_with(visit: Any) -> None:
    page = visit("/stories/tell/", width=320, javascript=False)
    page.get_by_label("Name to show").fill("Abel")
    page.get_by_label("Your e-mail", exact=True).fill("abel@benchside.example")
    page.get_by_label("I am 18 or over").check()
    page.get_by_role("button", name="Begin").click()
    page.get_by_label("Who do you work for?").fill("Madeup Lights")
    page.get_by_role("button", name="Keep it and go on").click()
    expect(page.get_by_text("Choose the nearest.").first).to_be_visible()
    expect(page.get_by_label("Who do you work for?")).to_have_value("Madeup Lights")
