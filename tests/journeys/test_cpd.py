"""A technician on a phone writes down what they did between two jobs, says later what came of it,
takes events over from a calendar, and takes the year out."""

import io
from collections.abc import Callable
from typing import Any

from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site

WHO = "registered"


def a_png() -> bytes:
    made = io.BytesIO()
    Image.new("RGB", (64, 48), (200, 90, 30)).save(made, "PNG")
    return made.getvalue()


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_a_log_kept_on_a_phone(
    as_: Callable[..., Page], axe: Callable[[Any], list[str]], site: Site
) -> None:
    today = timezone.localdate()
    title = "Journey: changed the seal of a pump"

    def is_open(page: Page) -> None:
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), page.url

    # Without JavaScript, in three fields.
    page = as_(WHO, width=390, java_script_enabled=False)
    page.goto(f"{site.address}/my/cpd/add/")
    page.get_by_label("What did you do?").fill(title)
    press(page, "Keep it")  # without a kind
    expect(page.get_by_role("alert")).to_contain_text("What kind is it?")
    expect(page.get_by_label("What did you do?")).to_have_value(title)
    page.get_by_role("radio", name="Work-based").check()
    press(page, "Keep it")
    expect(page.get_by_text("It is kept. Add the rest now")).to_be_visible()
    mine = page.url

    # Later, the rest, and what shows it.
    page = as_(WHO, width=390, color_scheme="dark")
    page.goto(mine)
    is_open(page)
    page.get_by_label("What did you learn?").fill("Oil the seal first: dry ones tear.")
    page.get_by_label("How did it help the people you work for?").fill("The bench ran by noon.")
    page.get_by_label("Until").fill("2001-01-01")
    press(page, "Keep it")
    expect(page.get_by_role("alert")).to_contain_text("not before the first")
    is_open(page)
    page.get_by_label("Until").fill("")
    press(page, "Keep it")
    expect(page.get_by_role("status")).to_contain_text("What you wrote is kept.")
    expect(page.get_by_label("What did you learn?")).to_have_value(
        "Oil the seal first: dry ones tear."
    )
    page.get_by_text("Take a photograph").click()
    camera = page.get_by_label("A photograph")
    expect(camera).to_have_attribute("capture", "environment")
    camera.set_input_files({"name": "seal.png", "mimeType": "image/png", "buffer": a_png()})
    press(page, "Add the photograph")
    expect(page.get_by_role("link", name="seal.png")).to_be_visible()
    page.get_by_text("Add a file").click()
    page.get_by_label("A file").set_input_files(
        {"name": "seal.txt", "mimeType": "text/plain", "buffer": b"The old seal, torn."}
    )
    press(page, "Add the file")
    expect(page.get_by_role("link", name="seal.txt")).to_be_visible()
    is_open(page)

    # From a calendar, what counts and nothing else.
    day = f"{today:%Y%m%d}"
    weekly = (
        "BEGIN:VEVENT\r\nUID:weekly@journey\r\nSUMMARY:Journey meeting\r\n"
        f"DTSTART;VALUE=DATE:{day}\r\nRRULE:FREQ=WEEKLY;COUNT=4\r\nEND:VEVENT\r\n"
    )
    events = "".join(
        f"BEGIN:VEVENT\r\nUID:{name}@journey\r\nSUMMARY:Journey {name}\r\n"
        f"DTSTART;VALUE=DATE:{day}\r\nEND:VEVENT\r\n"
        for name in ("seminar", "dentist")
    )
    file = f"BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:x\r\n{events}{weekly}END:VCALENDAR\r\n"
    page.goto(f"{site.address}/my/cpd/bring-in/")
    is_open(page)
    page.get_by_label("The calendar").set_input_files(
        {"name": "work.ics", "mimeType": "text/calendar", "buffer": file.encode()}
    )
    press(page, "Read the calendar")
    is_open(page)
    page.get_by_label("Journey seminar", exact=False).first.check()
    page.get_by_label("Kind of Journey seminar").select_option("Formal or educational")
    page.get_by_text("Choose single days of Journey meeting").click()
    is_open(page)
    page.get_by_label(f"{today:%-d %b %Y}", exact=True).check()
    press(page, "Put the ticked ones in my log")
    expect(page.get_by_role("status")).to_contain_text("It is in your log.")

    # The year, and out with it.
    page.goto(f"{site.address}/my/cpd/?q=journey")
    expect(page.get_by_role("link", name="Journey seminar")).to_be_visible()
    expect(page.get_by_role("link", name=title)).to_be_visible()
    expect(page.get_by_text("Journey dentist")).to_have_count(0)
    expect(page.get_by_role("link", name="Journey meeting")).to_have_count(1)
    expect(page.get_by_role("heading", name=f"{today.year} against the standards")).to_be_visible()
    is_open(page)
    taken = page.request.get(f"{site.address}/my/cpd/log.pdf?q=journey")
    assert taken.body().startswith(b"%PDF-")
    assert b"dentist" not in page.request.get(f"{site.address}/my/cpd/log.csv").body()
    page.goto(mine)
    page.get_by_role("link", name="Delete it").click()
    is_open(page)
    press(page, "Delete it for good")
    page.goto(f"{site.address}/my/cpd/?q=journey+pump")
    expect(page.get_by_role("heading", name="Nothing found")).to_be_visible()
