"""A stage of a charter from its last answer to the public plan: lead, steering group, executive,
officer, two reviewers, and the lead again."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

INSIDE = "/org/made-up-university/impact/charters/made-up-charter/"
PUBLIC = "/charters/made-up-charter/made-up-university/"
VOICE = "All were asked by mail and at three open hours; what they said changed the plan."


def test_a_stage_from_its_last_answer_to_the_public_plan(
    visit: Any, axe: Any, as_: Callable[..., Page], site: Site
) -> None:
    lead = as_("lead")
    lead.goto(site.address + INSIDE)
    assert axe(lead) == []
    lead.get_by_role("link", name="Go on writing").click()
    form = lead.url.rstrip("/")
    lead.goto(f"{form}/voice/")
    lead.locator("textarea[name=text]").fill(VOICE)
    lead.get_by_role("button", name="Save", exact=True).last.click()

    for who, step in (("steering", "steering"), ("signer", "executive")):
        sign(as_(who), f"{form}/sign/{step}/")
    lead.goto(f"{form}/signatures/")
    lead.get_by_role("button", name=re.compile("[Ss]end it in")).click()
    lead.goto(site.address + INSIDE)
    expect(lead.get_by_role("heading", name="Stage 2 is sent in")).to_be_visible()

    key = form.rsplit("/", 1)[1]
    officer = as_("officer")
    for name in ("Reva Made-Up", "Rufus Made-Up"):
        officer.goto(f"{site.address}/assess/submissions/{key}/")
        choice = officer.locator("select[name=user]")
        choice.select_option(choice.locator("option", has_text=name).get_attribute("value"))
        officer.get_by_role("button", name="Ask them").click()
    review(as_("reviewer"), site, "Say which posts the new pathway is for.")
    review(as_("second-reviewer"), site, "")
    officer.goto(f"{site.address}/assess/submissions/{key}/")
    officer.get_by_role("button", name="Release it").click()

    lead.goto(f"{site.address}{INSIDE}response/2/")
    assert axe(lead) == []
    lead.get_by_label("What will you do about it?").fill("It begins with the two largest families.")
    lead.get_by_role("button", name="Keep the response").click()
    expect(lead.get_by_text("1 of 1 recommendation answered")).to_be_visible()
    lead.locator("summary", has_text="Make it an action").click()
    lead.get_by_label("Career development").check()
    lead.get_by_role("button", name="Make it an action").click()
    expect(lead.get_by_text(re.compile(r"It is action C-\d+ of your plan now"))).to_be_visible()

    publish(lead, site)
    page = visit(PUBLIC)
    assert axe(page) == []
    page.get_by_role("link", name="Read its plan").click()
    assert page.url.endswith(f"{PUBLIC}plan/")
    assert page.context.cookies() == []


def sign(page: Page, address: str) -> None:
    """Read, face what is said of the plan, type a name, sign."""
    page.goto(address)
    for tick in page.locator("input[name=faced]").all():
        tick.check()
    page.locator("[name=signed_as]").fill("Made-Up Name")
    page.get_by_role("button", name="Sign", exact=True).click()


def review(page: Page, site: Site, advice: str) -> None:
    """Say yes, recommend something, hand in."""
    page.goto(f"{site.address}/assess/")
    page.get_by_role("link", name="Made-Up University").first.click()
    seat = page.url.rstrip("/")
    page.locator("[name=no_conflict]").check()
    page.get_by_role("button", name="Yes, I review it").click()
    if advice:
        page.goto(f"{seat}/read/")
        part = page.locator("form", has=page.locator("[name=kind]")).first
        part.locator("[name=kind]").last.check()
        part.locator("[name=text]").fill(advice)
        part.get_by_role("button", name="Add it").click()
    page.goto(f"{seat}/")
    page.locator("[name=summary]").fill("Clear and honest.")
    page.get_by_role("button", name="Hand in my review").click()


def publish(lead: Page, site: Site) -> None:
    """The plan of this stage, from the list of plans, for everyone to read; or it is so already."""
    lead.goto(f"{site.address}/org/made-up-university/impact/plans/")
    lead.locator("main a[href*='/impact/plan/']").first.click()
    lead.goto(f"{lead.url.rstrip('/')}/publish/")
    button = lead.get_by_role("button", name="Let everyone read it")
    if button.count():
        button.click()
