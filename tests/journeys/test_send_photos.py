"""A school on a phone sends its photographs: offline for a while, answers lost, without script."""

import re
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of
from tests.visibility.photos.sent import jpeg

OPEN_A_CODE = """
import datetime
from benchside.visibility.models import Campaign
today = datetime.date.today()
day = datetime.timedelta(days=1)
Campaign.objects.get_or_create(slug="journey", defaults=dict(
    name="A day of journeys (made up)", state="open", message="Thank you", code="JRNYJRNY",
    starts_on=today - day, ends_on=today + day))
"""
CODE = "JRNYJRNY"
LOSE_THE_FIRST_ANSWER = """() => {
  const listen = XMLHttpRequest.prototype.addEventListener;
  let isLost = false;
  XMLHttpRequest.prototype.addEventListener = function (name, heard) {
    if (name !== "load") return listen.call(this, name, heard);
    return listen.call(this, name, (event) => {
      if (isLost) { heard(event); return; }
      isLost = true;
      sessionStorage.setItem("lost", JSON.stringify(this.response));
      this.dispatchEvent(new ProgressEvent("error"));
    });
  };
}"""


@pytest.fixture
def code(site: Site) -> str:
    site.manage("shell", "-c", OPEN_A_CODE)
    return CODE


@pytest.fixture
def pictures(tmp_path: Path) -> list[Path]:
    paths = [tmp_path / f"IMG_000{number}.jpg" for number in (1, 2)]
    for number, path in enumerate(paths):
        path.write_bytes(jpeg(900 + number))
    return paths


def choose(page: Page, files: list[Path]) -> None:
    page.get_by_label("Choose your pictures").set_input_files(files)
    for number in range(len(files)):
        row = page.locator("[data-send-row]").nth(number)
        row.get_by_label(re.compile("^Caption")).fill(f"Picture {number + 1}")
        row.get_by_label("Nobody can be recognised").check()


def sign(page: Page) -> None:
    page.get_by_label("From, as shown").fill("The made-up prep room")
    page.get_by_label("Your name, as a signature").fill("Edie Made-Up")
    page.get_by_label("Yes, all of this is so").check()


def test_a_phone_that_goes_offline_loses_no_word_and_sends_all(
    visit: Any, code: str, pictures: list[Path], axe: Any
) -> None:
    page = visit("/wall/send/", width=390)
    page.get_by_label("Your code").fill(f"{code[:4].lower()} {code[4:]}")
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Send photographs")
    sign(page)
    page.reload()
    expect(page.get_by_label("Your name, as a signature")).to_have_value("Edie Made-Up")
    choose(page, pictures)
    assert axe(page) == []

    page.context.set_offline(True)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-send-said]")).to_have_text(re.compile("connection dropped"))
    page.context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_have_text("Your photographs")
    expect(page.locator(".lead")).to_have_text("Thank you. 2 pictures came in.")
    assert axe(page) == []
    page.problems.clear()  # the browser tells of the time without a connection

    page.get_by_role("button", name="Take it back").first.click()
    expect(page.locator(".lead")).to_have_text("Thank you. 1 picture came in.")
    assert page.context.cookies() == []


def test_an_answer_that_is_lost_does_not_send_it_twice(
    visit: Any, code: str, pictures: list[Path]
) -> None:
    page = visit(f"/wall/send/{code}/", width=390)
    page.evaluate(LOSE_THE_FIRST_ANSWER)
    choose(page, pictures[:1])
    sign(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".lead")).to_have_text("Thank you. 1 picture came in.")
    lost = page.evaluate("sessionStorage.getItem('lost')")
    assert '"follow"' in lost, "the first was in, and its answer lost"


def test_a_picture_that_cannot_be_used_says_so_beside_it(
    visit: Any, code: str, pictures: list[Path], tmp_path: Path
) -> None:
    bad = tmp_path / "notes.jpg"
    bad.write_bytes(b"<html>no picture")
    page = visit(f"/wall/send/{code}/", width=390)
    choose(page, [pictures[0], bad])
    sign(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator("[data-send-row]").nth(1)).to_contain_text("not a picture we can use")
    expect(page.locator("[data-send-row]").nth(0)).to_contain_text("is in")
    page.get_by_role("button", name="Leave this one out").click()
    expect(page.locator("[data-send-row]")).to_have_count(1)


def test_without_script(visit: Any, code: str, pictures: list[Path]) -> None:
    page = visit(f"/wall/send/{code}/", width=320, javascript=False)
    row = page.locator("[data-send-row]").nth(0)
    row.get_by_label("Picture", exact=True).set_input_files(pictures[0])
    row.get_by_label(re.compile("^Caption")).fill("By a plain form")
    sign(page)
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.get_by_text("Say who can be recognised in this picture.")).to_be_visible()
    row = page.locator("[data-send-row]").nth(0)
    expect(row.get_by_label(re.compile("^Caption"))).to_have_value("By a plain form")
    row.get_by_label("Picture", exact=True).set_input_files(pictures[0])
    row.get_by_label("Nobody can be recognised").check()
    page.get_by_role("button", name="Send", exact=True).click()
    expect(page.locator(".lead")).to_have_text("Thank you. 1 picture came in.")
    width = width_of(page)
    assert width <= 320
