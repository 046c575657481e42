"""A registered technician shares a year on a phone, an assessor accepts it, a registrar draws."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of

DESK = "/registry/registered-technician/cpd/"
PHONE = 390


def test_a_year_is_shared_read_and_accepted_and_a_sample_drawn(
    as_: Callable[..., Page], site: Site, axe: Callable[[Any], list[str]]
) -> None:
    desk = as_("registrar")
    desk.goto(f"{site.address}{DESK}cases/?q=Abel")
    number = re.search(r"RT-\d{6}", desk.locator("tbody").inner_text())
    assert number

    mine = as_("asked", width=PHONE)
    mine.goto(f"{site.address}/my/registrations/{number[0]}/audit/")
    assert axe(mine) == []
    mine.get_by_role("button", name="Share my log").click()
    expect(mine.get_by_role("link", name=re.compile("Tick this"))).to_be_visible()
    mine.get_by_label("Your own summary").fill("I learned to explain what I do.")
    mine.get_by_label(re.compile("Share my log of these months")).check()
    mine.get_by_role("button", name="Share my log").click()
    expect(mine.get_by_role("heading", name="It is with us")).to_be_visible()
    assert width_of(mine) <= PHONE

    reader = as_("register-assessor")
    reader.goto(f"{site.address}{DESK}cases/?q=Abel&waits=us")
    reader.get_by_role("link", name=re.compile("Abel")).click()
    assert axe(reader) == []
    expect(reader.get_by_text("I learned to explain what I do.")).to_be_visible()
    for yes in reader.get_by_label("Yes", exact=True).all():
        yes.check()
    reader.get_by_role("button", name="Accept", exact=True).click()
    expect(reader.get_by_text("Accepted. They get a letter.")).to_be_visible()
    site.letter_to("asked@benchside.example", holding="meets the standards")

    desk.goto(f"{site.address}{DESK}runs/new/")
    desk.get_by_label("Audit of the year").fill("2040")
    desk.get_by_label("How many percent").fill("10")
    desk.get_by_role("button", name="Show the sizes").click()
    assert axe(desk) == []
    desk.get_by_role("button", name="Fix the population").click()
    desk.get_by_label(re.compile("A seed you bring along")).fill("12 19 33 40 41 45")
    desk.get_by_role("button", name=re.compile("^Draw")).click()
    expect(desk.get_by_text("Nobody is told before you announce it")).to_be_visible()
    expect(desk.get_by_text("12 19 33 40 41 45")).to_be_visible()
    assert axe(desk) == []
