"""Deciding where it is not plain: two assessors who differ, and a way with an interview."""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django.utils import timezone
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.deciding import (
    FIRST,
    NAMES,
    REASON,
    SECOND,
    THIRD,
    accept,
    ask,
    hand_in,
    judge,
    on_a_phone,
    open_seat,
    ratify,
    recommend,
    row,
)

As, Axe = Callable[..., Page], Callable[[Any], list[str]]
REA, TALI = "Rea Made-Up", "Tali Made-Up"


def case_of(desk: Page, site: Site, register: str, name: str) -> str:
    """From the registrar’s list to the case; gives the address of the application."""
    desk.goto(f"{site.address}/registry/{register}/applications/?q={name.split()[0]}")
    desk.locator("tbody a").first.click()
    expect(desk.get_by_role("heading", level=1)).to_have_text(name)
    address = desk.url
    desk.get_by_role("link", name=re.compile("Read it; send back, seats")).click()
    return address


def test_a_third_seat_settles_what_two_differ_on(as_: As, site: Site, axe: Axe) -> None:
    """Rea has two assessors who have said yes; the third reads neither of them before their own."""
    for who, missed in ((FIRST, 0), (SECOND, 1)):
        page = as_(who)
        open_seat(page, site, REA, "Registered Technician")
        page.get_by_role("link", name="Read and judge").click()
        judge(page, not_met=missed)
        hand_in(page)

    desk = as_("registrar")
    case_of(desk, site, "registered-technician", REA)
    expect(desk.get_by_role("heading", name="They do not agree")).to_be_visible()
    expect(desk.get_by_role("button", name="Recommend it")).to_have_count(0)
    on_a_phone(desk, axe)
    # Whoever sits here already cannot be asked again.
    choice = desk.get_by_label("Assessor", exact=True)
    for who in (FIRST, SECOND):
        expect(choice.locator("option", has_text=NAMES[who])).to_have_count(0)
    ask(desk, THIRD)

    third = as_(THIRD)
    open_seat(third, site, REA, "Registered Technician")
    accept(third)
    assert REASON not in third.content()
    on_a_phone(third, axe)
    third.get_by_role("link", name="Your review", exact=True).click()
    assert REASON not in third.content()
    third.get_by_role("link", name="Read and judge").click()
    judge(third)
    hand_in(third)
    expect(third.get_by_text(REASON)).to_be_visible()

    desk.reload()
    expect(row(desk, NAMES[THIRD])).to_be_visible()
    expect(desk.get_by_text("By the rule of the standard: yes")).to_be_visible()
    recommend(desk)


# Between arranging it and writing down what came of it lie days; nothing on the site can skip them.
HELD = """
from datetime import timedelta
from django.utils import timezone
from benchside.recognition.models import Interview
Interview.objects.filter(held_at__isnull=False, outcome="").update(
    held_at=timezone.now() - timedelta(hours=1))
"""


def test_an_interview_is_arranged_held_and_read_by_the_body(as_: As, site: Site, axe: Axe) -> None:
    desk = as_("registrar")
    application = case_of(desk, site, "registered-engineering-technician", TALI)
    not_yet(desk)
    desk.get_by_role("link", name=re.compile("^Application .*interview$")).click()
    assert desk.url == application
    when = timezone.localtime() + timedelta(days=7)
    desk.get_by_label("When").fill(f"{when:%Y-%m-%dT%H:%M}")
    desk.get_by_label(re.compile("^Where: an address")).fill("By video. Made up.")
    desk.get_by_role("button", name="Arrange it").click()
    expect(desk.get_by_text("The applicant gets a letter.")).to_be_visible()
    on_a_phone(desk, axe)

    site.manage("shell", "-c", HELD)
    desk.goto(application)
    desk.get_by_label("Meets what was asked").check()
    desk.get_by_label(re.compile("^What was asked and what was said")).fill("Clear. Made up.")
    desk.get_by_role("button", name="Write it down").click()
    expect(desk.get_by_text("It is written down.")).to_be_visible()
    desk.get_by_role("link", name=re.compile("Read it; send back, seats")).click()
    recommend(desk)

    body = as_("body-ratifier")
    body.goto(f"{site.address}/assess/submissions/?q=Tali&waits=ratify")
    body.get_by_role("link", name=TALI).click()
    expect(body.get_by_text("Clear. Made up.")).to_be_visible()
    ratify(body, site, TALI, "Registered Engineering Technician", axe)
    desk.goto(application)
    expect(desk.locator(".lead")).to_contain_text("Approved, not yet on the register")


def not_yet(desk: Page) -> None:
    """Before the interview was held nothing can be recommended, and the page says why."""
    part = desk.locator("section", has=desk.get_by_role("heading", name="Recommend", exact=True))
    expect(part.get_by_text("Hold it first.")).to_be_visible()
    expect(part.get_by_role("button")).to_have_count(0)
