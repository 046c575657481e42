"""The editors' desk in a real browser: an editor sends something in, a moderator puts it up."""

import re
from collections.abc import Callable

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site


def approve(page: Page) -> None:
    page.get_by_role("button", name="Approve and Publish").first.click()
    expect(page.get_by_text("readers can see it now")).to_be_visible()


def test_a_moderator_approves_the_page_that_waits(as_: Callable[[str], Page], site: Site) -> None:
    page = as_("moderator")
    page.goto(f"{site.address}/desk/")
    page.locator("#main").get_by_role("link", name="Bring a bench to school").first.click()
    expect(page).to_have_url(re.compile(r"/desk/pages/\d+/edit/"))
    approve(page)
    page.goto(f"{site.address}/news/")
    expect(page.get_by_role("link", name="Bring a bench to school")).to_be_visible()


def test_a_role_goes_up_by_two_people(as_: Callable[[str], Page], site: Site) -> None:
    words = "You measure parts to less than a hair, so that they fit."
    editor = as_("editor")
    editor.goto(f"{site.address}/desk/snippets/careers/role/")
    editor.get_by_role("link", name="Metrology technician", exact=True).click()
    editor.locator("[name=sentence]").fill(words)
    editor.get_by_role("button", name="More actions").last.click()
    editor.get_by_role("button", name="Submit to Two people").click()
    expect(editor.get_by_text("submitted for moderation")).to_be_visible()

    moderator = as_("moderator")
    moderator.goto(f"{site.address}/desk/")
    moderator.get_by_role("link", name="Metrology technician").first.click()
    approve(moderator)
    moderator.goto(f"{site.address}/careers/roles/metrology-technician/")
    expect(moderator.get_by_text(words).first).to_be_visible()


def test_a_technician_is_told_that_the_desk_is_not_theirs(
    as_: Callable[[str], Page], site: Site
) -> None:
    page = as_("technician")
    answer = page.goto(f"{site.address}/desk/")
    assert answer is not None
    assert answer.status == 403
    expect(page.get_by_role("heading", level=1)).to_have_text("This door is locked")


CUT = """table => {
  for (let box = table.parentElement; box; box = box.parentElement) {
    const way = getComputedStyle(box).overflowX;
    if (way !== "visible" && box.scrollWidth > box.clientWidth + 1) return way === "hidden";
  }
  return false;
}"""


def test_no_list_is_cut_off_on_a_phone(as_: Callable[..., Page], site: Site) -> None:
    """Whatever holds it scrolls; Wagtail's own boxes hide what is wider."""
    page = as_("administrator", width=390)
    for path in ("orders/", "registers/", "stories/"):
        page.goto(f"{site.address}/desk/{path}")
        assert not page.locator(".listing").first.evaluate(CUT), path
