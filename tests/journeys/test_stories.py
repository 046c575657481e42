"""A reader meets a technician: the page of one story, whose address chance has made."""

from typing import Any

import pytest
from playwright.sync_api import expect

from tests.journeys.conftest import Site, width_of

WITH_FILM, WITHOUT_NAME = "A surgeon asked me", "Every gauge tells lies"


def path_of(site: Site, visit: Any, hook: str) -> str:
    items = visit("/stories/").request.get(f"{site.address}/api/v1/stories").json()["items"]
    slug = next(one["slug"] for one in items if one["hook"].startswith(hook))
    return f"/stories/{slug}/"


@pytest.mark.parametrize("hook", [WITH_FILM, WITHOUT_NAME])
def test_a_story_holds_what_every_page_must(visit: Any, axe: Any, site: Site, hook: str) -> None:
    path = path_of(site, visit, hook)
    for scheme in ("light", "dark"):
        assert axe(visit(path, scheme=scheme)) == []
    page = visit(path, width=320)
    assert width_of(page) <= 320
    assert page.locator("h1").count() == 1
    assert page.context.cookies() == []
    for link in page.locator("main a[href^='/']").all():
        address = link.get_attribute("href").split("#")[0]
        assert page.request.get(site.address + address).status == 200, address


def test_the_film_plays_with_its_captions(visit: Any, site: Site) -> None:
    page = visit(path_of(site, visit, WITH_FILM))
    film = page.locator("video")
    film.scroll_into_view_if_needed()
    expect(film).to_have_attribute("controls", "")
    film.evaluate("film => { film.muted = true; return film.play(); }")
    expect(page.locator("track[kind=captions]")).to_have_count(1)
    film.evaluate(
        """film => new Promise(done => {
             const ready = () => film.currentTime > 0 && film.textTracks[0].cues?.length && done();
             film.addEventListener("timeupdate", ready);
           })"""
    )
    assert film.evaluate("film => film.textTracks[0].cues.length") == 4
    expect(page.get_by_text("A 3D printer stands on squared paper.")).to_be_visible()


def test_words_are_copied_with_a_press_and_stand_there_without_a_script(
    visit: Any, site: Site
) -> None:
    path = path_of(site, visit, WITH_FILM)
    page = visit(path, permissions=["clipboard-read", "clipboard-write"])
    page.get_by_text("Pass it on").click()
    page.get_by_role("button", name="Copy these words").first.click()
    expect(page.get_by_text("Copied")).to_be_visible()
    assert path in page.evaluate("navigator.clipboard.readText()")
    plain = visit(path, javascript=False)
    plain.get_by_text("Pass it on").click()
    expect(plain.get_by_label("Their words")).to_be_visible()
    expect(plain.get_by_role("button", name="Copy these words")).to_have_count(0)


def test_from_the_list_to_a_story_to_the_job_by_keyboard(visit: Any) -> None:
    page = visit("/stories/?nation=wales")
    expect(page.get_by_role("heading", name="1 technician in Wales")).to_be_visible()
    page.get_by_role("link", name="“The first time I opened the hatch").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("my old school")
    page.get_by_role("link", name="See this job").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Wind turbine technician")
