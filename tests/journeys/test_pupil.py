"""A pupil finds a role: by keyboard alone, without cookies, without script, on a small phone."""

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import Site, width_of


def tab_to(page: Page, name: str, most: int = 120) -> None:
    """Press Tab until the thing of that name has the focus, as somebody without a mouse does."""
    for _ in range(most):
        page.keyboard.press("Tab")
        here = page.evaluate(
            """() => { const e = document.activeElement;
                 return (e.getAttribute('aria-label') || e.labels?.[0]?.innerText
                         || e.innerText || e.name || '').trim(); }"""
        )
        if re.search(name, here, re.IGNORECASE):
            return
    pytest.fail(f"Tab never reached {name!r}")


def focus_is_seen(page: Page) -> bool:
    style = page.evaluate(
        """() => { const s = getComputedStyle(document.activeElement);
             const a = getComputedStyle(document.activeElement, '::after');
             return [s.outlineStyle, s.outlineWidth, s.boxShadow, a.outlineStyle]; }"""
    )
    return style[0] != "none" or style[2] != "none" or style[3] != "none"


def test_by_keyboard_alone_with_cookies_blocked(visit: Any, site: Site) -> None:
    page = visit("/")
    page.context.route("**/*", lambda route: route.continue_())
    page.keyboard.press("Tab")
    expect(page.locator(":focus")).to_have_text("Skip to main content")
    assert focus_is_seen(page)
    tab_to(page, r"^Roles$")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/careers/roles/")
    tab_to(page, "search roles|search")
    page.keyboard.type("fixes planes")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile(r"/careers/roles/\?q=fixes(\+|%20)planes"))
    first = page.locator("#main .card h3 a").first
    expect(first).to_have_text("Aircraft maintenance technician")
    tab_to(page, "^Aircraft maintenance technician$")
    assert focus_is_seen(page)
    page.keyboard.press("Enter")
    page.wait_for_url("**/careers/roles/aircraft-maintenance-technician/")
    expect(page.locator("h1")).to_have_text("Aircraft maintenance technician")
    assert page.context.cookies() == []


def test_without_javascript(visit: Any) -> None:
    page = visit("/careers/roles/", javascript=False)
    page.get_by_label("Search roles").fill("labratory")
    page.get_by_role("button", name="Search", exact=True).first.click()
    titles = page.locator("#main .card h3")
    expect(titles.filter(has_text="aboratory").first).to_be_visible()
    assert any("aboratory" in title for title in titles.all_inner_texts()[:3])
    page.goto(page.url.split("?")[0])
    page.get_by_label(re.compile("^Physics")).check()
    page.get_by_role("button", name=re.compile("Show")).first.click()
    assert "subject=physics" in page.url
    expect(page.get_by_role("heading", name=re.compile(r"\d+ roles"))).to_be_visible()
    page.locator("#main .card h3 a").first.click()
    expect(page.locator(".plate").first).to_be_visible()


def test_filters_combine_and_live_in_the_address(visit: Any) -> None:
    page = visit("/careers/roles/?subject=physics&setting=at-height")
    chips = page.locator(".applied a")
    assert chips.count() == 2
    every = page.locator("#main .card").count()
    chips.first.click()
    expect(page.locator(".applied a")).to_have_count(1)
    page.go_back()
    expect(page.locator(".applied a")).to_have_count(2)
    expect(page.locator("#main .card")).to_have_count(every)


def test_favourites_stay_in_the_browser_and_can_be_cleared(visit: Any, site: Site) -> None:
    page = visit("/careers/roles/wind-turbine-technician/")
    page.locator("[data-favourite='wind-turbine-technician']").first.click()
    page.goto(f"{site.address}/careers/roles/favourites/")
    expect(page.get_by_role("link", name="Wind turbine technician").first).to_be_visible()
    assert page.context.cookies() == []
    page.get_by_role("button", name=re.compile("Clear", re.I)).click()
    expect(page.get_by_role("link", name="Wind turbine technician")).to_have_count(0)
    page.reload()
    expect(page.get_by_role("link", name="Wind turbine technician")).to_have_count(0)
    assert page.evaluate("localStorage.length") == 0


def test_a_role_prints_on_one_sheet(visit: Any) -> None:
    for slug in ("wind-turbine-technician", "special-effects-make-up-technician"):
        page = visit(f"/careers/roles/{slug}/")
        printed = page.pdf(format="A4", print_background=True, prefer_css_page_size=True)
        pages = len(re.findall(rb"/Type\s*/Page[^s]", printed))
        assert pages == 1, f"{slug} prints on {pages} sheets"


def test_whole_way_on_a_small_phone(visit: Any) -> None:
    page = visit("/", width=320, has_touch=True, is_mobile=True)
    page.get_by_role("button", name="Menu").tap()
    page.get_by_role("link", name="Roles", exact=True).first.tap()
    page.wait_for_url("**/careers/roles/")
    page.locator("#main .card h3 a").first.tap()
    expect(page.locator("h1")).to_be_visible()
    assert width_of(page) <= 320


def test_targets_are_large_enough(visit: Any) -> None:
    """24 px each way, or a link within a sentence (WCAG 2.5.8)."""
    page = visit("/careers/roles/", width=390)
    small = page.evaluate(
        """() => [...document.querySelectorAll('a, button, input, summary')]
             .filter(e => e.offsetParent && !e.closest('p, li p, td') && !e.closest('.vh, .skip'))
             .map(e => [e, e.getBoundingClientRect()])
             .filter(([e, r]) => r.width && (r.height < 23.5 || r.width < 23.5))
             .map(([e, r]) => `${e.outerHTML.slice(0, 80)} ${r.width}x${r.height}`)"""
    )
    assert small == []


def test_reduced_motion_is_obeyed(visit: Any) -> None:
    page = visit("/")
    moving = page.evaluate("document.getAnimations().length")
    assert moving == 0
