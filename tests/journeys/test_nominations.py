"""Somebody is nominated, says yes on a phone, is written about, judged, comes onto the shortlist,
and wins at the hour: who wins is recommended by one person and ratified by another."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site
from tests.journeys.deciding import accept, hand_in, judge, on_a_phone, recommend

PHONE = 390
ROUND = "/nominations/made-up-prize/"
PRIZE = "Technician prize (made up)"
CANDY = "Candy Made-Up"
QUESTIONS = 3
JUDGES = {"mark-assessor": "Max Made-Up", "second-assessor": "Ana Made-Up"}
As, Axe = Callable[..., Page], Callable[[Any], list[str]]
# The days of a round are long. All but the hour itself is as the site does it.
WAIT = """
from datetime import timedelta
from django.utils import timezone
from benchside.recognition.models import NominationRound
from benchside.recognition.nominations.tasks import name_winners
today = timezone.localdate()
NominationRound.objects.filter(slug="made-up-prize").update(
    closes_on=today - timedelta(days=2), shortlist_on=today - timedelta(days=1),
    announce_at=timezone.now())
name_winners.func()
"""


def write(page: Page, site: Site, as_visitor: Page) -> None:
    """The nominator writes it, has somebody speak for it, signs it and sends it in."""
    page.get_by_role("link", name=f"Write it for {CANDY}").click()
    form = page.url
    for _ in range(QUESTIONS):
        page.get_by_role("link", name="Go on writing").click()
        page.locator("textarea[name=text]").fill("She built a rig from a pump. Made up.")
        here = page.url
        page.get_by_role("button", name=re.compile("Save and (go on|finish)")).click()
        page.wait_for_url(lambda url, left=here: url != left)
        page.goto(form)
    page.goto(f"{form}supporters/")
    page.get_by_label("Name").fill("Manny Made-Up")
    page.get_by_label("E-mail").fill("manny@work.example")
    page.get_by_role("button", name="Ask them").click()
    letter = site.letter_to("manny@work.example", holding="/support/")
    link = re.search(r"https?://\S+/support/\S+", letter)
    assert link
    as_visitor.goto(link.group())
    as_visitor.locator("form textarea").first.fill("I have seen the rig. Made up.")
    as_visitor.get_by_role("button", name="Send it").click()
    expect(as_visitor.get_by_role("heading", name="Thank you")).to_be_visible()
    sign(page, form)


def sign(page: Page, form: str) -> None:
    page.goto(f"{form}signatures/")
    page.get_by_role("link", name="Read and sign").click()
    for box in page.locator("input[type=checkbox]").all():
        box.check()
    page.locator("input[name=signed_as]").fill("Leah Made-Up")
    page.get_by_role("button", name="Sign", exact=True).click()
    page.goto(f"{form}signatures/")
    page.get_by_role("button", name="Send it in").click()


def judged(as_: As, site: Site, officer: Page) -> None:
    """The officer gives both seats; each judge reads and judges alone."""
    officer.goto(f"{site.address}/assess/submissions/?q=Candy&waits=check")
    officer.get_by_role("link", name=CANDY).click()
    for name in JUDGES.values():
        choice = officer.get_by_label("Judge", exact=True)
        option = choice.locator("option", has_text=name)
        choice.select_option(option.get_attribute("value"))
        officer.get_by_role("button", name="Ask them").click()
        expect(officer.get_by_role("region", name="Who sits where")).to_contain_text(name)
    for who in JUDGES:
        page = as_(who)
        page.goto(f"{site.address}/assess/")
        found = page.get_by_role("row", name=re.compile(re.escape(PRIZE)))
        found.get_by_role("link", name=CANDY).click()
        accept(page)
        judge(page, grade="Outstanding")
        hand_in(page)


def decided(as_: As, site: Site, officer: Page, axe: Axe) -> None:
    """From the round to the case: one recommends, another ratifies."""
    officer.get_by_role("link", name=CANDY).click()
    on_a_phone(officer, axe)
    recommend(officer)
    board = as_("ratifier")
    board.goto(f"{site.address}/assess/submissions/?q=Candy&waits=ratify")
    board.get_by_role("link", name=CANDY).click()
    board.get_by_role("button", name="Ratify it").click()
    expect(board.get_by_text("It is ratified")).to_be_visible()


def test_from_a_nomination_to_a_winner(
    as_: As, visit: Callable[..., Page], site: Site, axe: Axe
) -> None:
    lead = as_("lead")
    lead.goto(site.address + ROUND)
    lead.get_by_role("link", name="Nominate somebody").click()
    on_a_phone(lead, axe)
    lead.get_by_label("Work in research").check()
    lead.get_by_label(re.compile("^Their name")).fill(CANDY)
    lead.get_by_label(re.compile("e-mail", re.I)).fill("candidate@benchside.example")
    lead.get_by_label(re.compile("^Why")).fill("She mends what others throw away. Made up.")
    lead.get_by_role("button", name="Ask them").click()

    letter = site.letter_to("candidate@benchside.example", holding="/nominations/yes/")
    link = re.search(r"https?://\S+/nominations/yes/\S+", letter)
    assert link
    nominee = as_("candidate", width=PHONE)
    nominee.goto(link.group())
    expect(nominee.get_by_text("She mends what others throw away.")).to_be_visible()
    assert axe(nominee) == []
    nominee.get_by_role("button", name="Yes, I agree").click()
    expect(nominee.get_by_role("heading", level=1)).to_have_text("Thank you")

    lead.goto(f"{site.address}/my/nominations/")
    write(lead, site, visit("/"))
    officer = as_("mark-officer")
    judged(as_, site, officer)

    officer.goto(f"{site.address}/assess/nominations/")
    officer.get_by_role("link", name="Made-up technician prize").click()
    on_a_phone(officer, axe)
    officer.get_by_role("button", name=f"Put on the shortlist: {CANDY}").click()
    expect(officer.get_by_text(f"{CANDY} is on the shortlist.")).to_be_visible()
    expect(officer.get_by_role("heading", name="Not decided")).to_be_visible()
    public = visit(ROUND, width=PHONE)
    expect(public.get_by_text(CANDY)).to_have_count(0)  # before its day

    decided(as_, site, officer, axe)
    site.manage("shell", "-c", WAIT)
    public.reload()
    winner = public.get_by_role("listitem").filter(has_text=CANDY)
    expect(winner.get_by_text("Winner")).to_be_visible()
    assert axe(public) == []
    site.letter_to("candidate@benchside.example", holding="Made-up technician prize")
