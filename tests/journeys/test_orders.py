"""A school orders on a phone; a packer sends it by keyboard."""

import re
from collections.abc import Callable
from typing import Any

from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of
from tests.journeys.test_pupil import focus_is_seen, tab_to

TEACHER = "tess.orders@benchside.example"


def order_on_a_phone(visit: Any, axe: Any, *, javascript: bool) -> Page:
    page = visit("/orders/", width=320, javascript=javascript)
    page.get_by_label("Packs of Tools of the trade stickers").select_option("2")
    page.get_by_role("button", name="Next: where to").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Where shall it go?")
    page.get_by_role("button", name="Order it").click()
    expect(page.get_by_role("alert")).to_contain_text("Give the postcode")
    if javascript:
        assert axe(page) == []
    assert width_of(page) == 320
    page.get_by_label("School, college or group").fill("Journey Made-Up School")
    page.get_by_label("What kind of school?").select_option("secondary")
    page.get_by_label("Where in the UK?").select_option("wales")
    page.get_by_label("Your name").fill("Tess Made-Up")
    page.get_by_label("Your e-mail").fill(TEACHER)
    page.get_by_label("School address").fill("1 Nowhere Road")
    page.get_by_label("Postcode").fill("zz99 9zz")
    page.get_by_label("I am an adult").check()
    page.get_by_role("button", name="Order it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Now look in your mail")
    assert page.context.cookies() == []
    return page


def test_a_school_on_a_phone_and_a_packer_by_keyboard(
    visit: Any, axe: Any, as_: Callable[..., Page], site: Site
) -> None:
    phone = order_on_a_phone(visit, axe, javascript=False)
    letter = site.letter_to(TEACHER, holding="/orders/of/")
    link = re.search(r"http://[^/]+(/orders/of/\S+)", letter)
    assert link
    phone = visit(link[1], width=320)
    assert axe(phone) == []
    phone.get_by_role("link", name="Change it").click()
    assert axe(phone) == []
    phone.get_by_label("Packs of Tools of the trade stickers").select_option("3")
    phone.get_by_role("button", name="Keep it so").click()
    phone.get_by_role("button", name="Yes, send it").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Thank you. We pack it next")
    number = phone.get_by_text(re.compile(r"^P\d{5}$")).first.inner_text()

    desk = as_("campaigner")
    for path in ("", "packing/", "stock/", "stock/tool-stickers/", "figures/"):
        desk.goto(f"{site.address}/desk/orders/{path}")
        # What is around the page is the library's: its own mark and menus.
        ours = [line for line in axe(desk) if ".sidebar" not in line and "header" not in line]
        assert ours == []
    desk.goto(f"{site.address}/desk/orders/")
    for verb, state in (("Packed in full", "?state=packed"), ("In the post", "?state=sent")):
        tab_to(desk, f"^{number}$")  # its box; the link to it comes after
        desk.keyboard.press("Space")
        assert focus_is_seen(desk)
        tab_to(desk, verb, most=200)
        desk.keyboard.press("Enter")
        expect(desk.get_by_text(re.compile("1 order is"))).to_be_visible()
        desk.goto(f"{site.address}/desk/orders/{state}")
        expect(desk.get_by_role("link", name=number)).to_be_visible()

    site.letter_to(TEACHER, holding="That is all of it")
    phone.reload()
    expect(phone.get_by_role("heading", level=1)).to_have_text("It is in the post")
    expect(phone.get_by_text("1 Nowhere Road")).to_have_count(0)
