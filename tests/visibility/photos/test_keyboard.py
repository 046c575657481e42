"""A moderator without a mouse, and one without script; the big screen in a hall."""

import re
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Page, expect

from benchside.accounts.models import User
from benchside.visibility.enums import InPicture, PhotoState
from benchside.visibility.models import Photo
from tests.factories.people import give_app
from tests.factories.wall import a_photo, mo, on_the_wall
from tests.journeys.conftest import AXE, WCAG

pytestmark = [
    pytest.mark.django_db(transaction=True),
    pytest.mark.browser,
    pytest.mark.xdist_group("browser"),
]
DESK = "/desk/photos/"


@pytest.fixture
def at_the_desk(browser: Any, live_server: Any) -> Iterator[Callable[..., Page]]:
    """at_the_desk(user, path) opens a page for somebody who has signed in."""
    opened = []

    def go(user: User, path: str = f"{DESK}next/", **options: Any) -> Page:
        client = Client()
        client.force_login(user)
        name = settings.SESSION_COOKIE_NAME
        options = {"viewport": {"width": 1280, "height": 900}, "reduced_motion": "reduce"} | options
        context = browser.new_context(**options)
        opened.append(context)
        context.add_cookies(
            [{"name": name, "value": client.cookies[name].value, "url": live_server.url}]
        )
        page = context.new_page()
        page.goto(live_server.url + path)
        return page

    yield go
    for context in opened:
        context.close()


def moderator() -> User:
    user = mo()
    give_app(user)
    return user


def state(photo: Photo) -> str:
    return Photo.objects.values_list("state", flat=True).get(pk=photo.pk)


def faults(page: Page) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate("tags => axe.run(document, {runOnly: tags})", WCAG)
    return [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in found["violations"]]


def test_a_queue_is_worked_off_by_single_keys(at_the_desk: Callable[..., Page]) -> None:
    names = ["First", "Second", "Third", "Fourth"]
    first, second, third, fourth = (
        a_photo(caption=name, reply_to="edie@benchside.example") for name in names
    )
    page = at_the_desk(moderator())
    heading = page.get_by_role("heading", level=1)
    expect(heading).to_have_text("First")
    page.keyboard.press("a")
    expect(heading).to_have_text("Second")
    expect(heading).to_be_focused()
    assert state(first) == PhotoState.APPROVED
    page.keyboard.press("r")
    page.keyboard.press("6")
    expect(heading).to_have_text("Third")
    assert Photo.objects.get(pk=second.pk).refused_for == "quality"
    page.keyboard.press("u")
    expect(heading).to_have_text("Second")
    assert state(second) == PhotoState.QUEUED
    page.keyboard.press("s")
    expect(heading).to_have_text("Third")
    page.keyboard.press("k")
    expect(page.get_by_text("Two people have to say yes.")).to_be_visible()
    page.keyboard.press("q")
    page.keyboard.type("Are all of them grown up? a r s")  # typed, not pressed
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(heading).to_have_text("Fourth")
    held = Photo.objects.get(pk=third.pk)
    assert (held.state, held.child_may_be_seen) == (PhotoState.ASKED, True)
    page.keyboard.press("b")
    expect(page.get_by_text("By keyboard:")).to_be_visible()
    for key in ("ArrowRight", "ArrowDown", "Space", "ArrowRight", "Space", "Enter"):
        page.keyboard.press(key)
    expect(page.get_by_text("Covered for good.")).to_be_visible()
    assert Photo.objects.get(pk=fourth.pk).original == fourth.picture
    page.keyboard.press("c")
    page.get_by_label("From the left, %").fill("20")
    page.keyboard.press("Tab")
    page.get_by_role("button", name="Cut").press("Enter")
    expect(heading).to_have_text("Fourth")
    expect(page.get_by_text("Cut.")).to_be_visible()
    assert Photo.objects.get(pk=fourth.pk).picture.width == 384


def test_single_keys_can_be_switched_off(at_the_desk: Callable[..., Page]) -> None:
    photo = a_photo(caption="First")
    page = at_the_desk(moderator())
    expect(page.get_by_role("heading", level=1)).to_have_text("First")
    page.keyboard.press("?")
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("heading", level=1).click()
    page.keyboard.press("a")
    page.reload()
    page.keyboard.press("a")
    expect(page.get_by_role("heading", level=1)).to_have_text("First")
    assert state(photo) == PhotoState.QUEUED
    page.get_by_role("button", name=re.compile("Approve")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Photographs to look at")
    assert state(photo) == PhotoState.APPROVED


def test_a_box_is_drawn_over_a_face_by_hand(at_the_desk: Callable[..., Page]) -> None:
    photo = a_photo()
    page = at_the_desk(moderator())
    page.keyboard.press("b")
    surface = page.locator("[data-cover]").bounding_box()
    assert surface is not None
    x, y = surface["x"] + surface["width"] * 0.4, surface["y"] + surface["height"] * 0.2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + surface["width"] * 0.2, y + surface["height"] * 0.3, steps=5)
    page.mouse.up()
    assert page.locator("[name=square]:checked").count() == 0
    page.get_by_role("button", name="Cover for good").click()
    expect(page.get_by_text("Covered for good.")).to_be_visible()
    assert Photo.objects.get(pk=photo.pk).original is not None


def test_all_of_it_works_without_script(at_the_desk: Callable[..., Page]) -> None:
    first, second = (a_photo(caption=name) for name in ("First", "Second"))
    page = at_the_desk(moderator(), java_script_enabled=False)
    page.get_by_role("link", name="Blur a face").click()
    page.get_by_label("Column 5, row 3").check()
    page.get_by_role("button", name="Cover for good").click()
    expect(page.get_by_text("Covered for good.")).to_be_visible()
    page.get_by_role("button", name=re.compile("Approve")).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Second")
    page.locator("summary", has_text="Refuse").click()
    page.get_by_role("button", name=re.compile("We have this one already")).click()
    expect(page.get_by_text("Refused: we have this one already.")).to_be_visible()
    assert [state(one) for one in (first, second)] == [PhotoState.APPROVED, PhotoState.REFUSED]


@pytest.mark.parametrize("width", [1280, 320])
def test_every_sheet_is_accessible_and_holds_its_width(
    at_the_desk: Callable[..., Page], width: int, live_server: Any
) -> None:
    hung = on_the_wall(caption="Hangs", school="Northmoor")
    near = a_photo(
        caption="Waits", school="Northmoor", in_picture=InPicture.CHILD, child_may_be_seen=True,
        near_duplicate_of=hung,
    )  # fmt: skip
    one = f"{DESK}{near.key}/"
    desk = [DESK, one, f"{one}?tool=cover", f"{one}?tool=cut", f"{DESK}list/",
            f"{DESK}list/?q=zzzz", f"{DESK}sheet/", f"{DESK}sheet/?school=Northmoor",
            f"{DESK}figures/"]  # fmt: skip
    wall = ["/wall/", f"/wall/{hung.key}/", "/wall/schools/", "/wall/screen/", "/wall/embed/",
            "/wall/?school=atlantis", "/wall/?year=1999"]  # fmt: skip
    page = at_the_desk(moderator(), DESK, viewport={"width": width, "height": 800})
    wrong = {}
    for path in desk + wall:
        page.goto(live_server.url + path)
        found = faults(page)
        if not page.evaluate("document.documentElement.scrollWidth <= innerWidth"):
            found.append("too wide")
        if found:
            wrong[path] = found
    assert wrong == {}


def test_the_hall_sees_one_after_the_other_and_new_ones_come_in(
    browser: Any, live_server: Any
) -> None:
    on_the_wall(ago=1, caption="Newest")
    gone = on_the_wall(ago=2, caption="Older")
    context = browser.new_context(reduced_motion="reduce")
    page = context.new_page()
    page.clock.install()
    page.goto(f"{live_server.url}/wall/screen/")
    shown = page.locator(".screen__sheet.is-on b")
    page.clock.run_for(500)
    expect(shown).to_have_text("Newest")
    page.keyboard.press("ArrowRight")
    page.clock.run_for(500)
    expect(shown).to_have_text("Older")
    page.keyboard.press("Space")
    expect(page.get_by_role("button", name="Go on")).to_be_visible()
    page.clock.run_for(60_000)
    expect(shown).to_have_text("Older")  # paused
    Photo.objects.filter(pk=gone.pk).update(state=PhotoState.HIDDEN, drawn_at=None)
    page.clock.run_for(21_000)
    page.clock.run_for(500)
    expect(shown).to_have_text("Newest")
    context.close()
