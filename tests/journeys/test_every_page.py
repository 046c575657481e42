"""What holds for every page type: accessible, valid, narrow enough, still, alone."""

import json
import subprocess
from collections.abc import Callable, Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from urllib.parse import urljoin

import pytest

from tests import lighthouse, services
from tests.journeys.conftest import Site, narrow, nothing_astray, watch, width_of
from tests.journeys.pages import MISSING, POSTED, PUBLIC, SIGN_IN

NODE = Path(__file__).resolve().parent.parent / "node"
FACTS = ("accessibility", "best-practices", "seo")
ALL = PUBLIC | SIGN_IN | {"missing page": MISSING}
# These have all parts between them.
BOTH = ("home", "list", "role", "routes", "quiz", "technicians", "search", "sign in", "style sheet",
        "stories", "wall", "campaign day", "competition with winners", "exhibition")  # fmt: skip
# Links within a page to a place that is not there.
LOST = """() => [...document.querySelectorAll('a[href^="#"]')]
    .filter(a => a.hash.length > 1 && !document.getElementById(a.hash.slice(1)))
    .map(a => a.hash)"""


@pytest.fixture(scope="module")
def windows(browser: Any) -> Iterator[dict[tuple[int, str, bool], Any]]:
    """Browser contexts by width, scheme and script, kept open: a new one takes seconds, and there
    are hundreds of visits. A page that left anything behind in one would show as a cookie."""
    opened: dict[tuple[int, str, bool], Any] = {}
    yield opened
    for context in opened.values():
        context.close()


@pytest.fixture
def visit(
    browser: Any, site: Site, windows: dict[tuple[int, str, bool], Any]
) -> Iterator[Callable[..., Any]]:
    """As everywhere, but a new page of a window that is open."""
    pages: list[Any] = []
    problems: list[str] = []

    def open_page(
        path: str, *, width: int = 1280, scheme: str = "light", javascript: bool = True
    ) -> Any:
        key = (width, scheme, javascript)
        if key not in windows:
            windows[key] = browser.new_context(
                viewport={"width": width, "height": 900},
                color_scheme=scheme,
                java_script_enabled=javascript,
                reduced_motion="reduce",
            )
        page = windows[key].new_page()
        pages.append(page)
        watch(page, site, problems)
        page.goto(site.address + path)
        return page

    yield open_page
    for page in pages:
        page.close()
    nothing_astray(problems)


@pytest.mark.parametrize("name", ALL)
def test_accessible_wide_and_at_320_pixels(visit: Any, axe: Any, name: str) -> None:
    """Wide in light and narrow in the dark (WCAG 1.4.10), in one visit: zooming in loads nothing.
    Pages that have all parts between them are looked at in the other two ways as well."""
    path = ALL[name]
    page = visit(path)
    assert axe(page) == []
    assert page.locator("h1").count() == 1
    assert page.evaluate(LOST) == []
    link = page.get_by_role("link", name="Report a concern")
    assert link.count() >= 1
    assert "/concern/" in link.first.get_attribute("href")
    if path in PUBLIC.values():
        has_no_cookie_and_a_strict_policy(page)
    if name in BOTH:
        page.emulate_media(color_scheme="dark", reduced_motion="reduce")
        assert axe(page) == []
    narrow(page)
    wide = width_of(page)
    assert wide <= 320, f"{path} is {wide} px wide at 320"
    assert page.locator("h1").count() == 1
    assert axe(page) == []
    if name in BOTH:
        page.emulate_media(color_scheme="light", reduced_motion="reduce")
        assert axe(page) == []


def has_no_cookie_and_a_strict_policy(page: Any) -> None:
    """In the visit that is there anyhow: a page more takes a second, and there are many."""
    assert page.context.cookies() == []
    answer = page.request.get(page.url)
    policy = answer.headers["content-security-policy"]
    assert "'unsafe-inline'" not in policy
    assert "'unsafe-eval'" not in policy
    assert "default-src 'none'" in policy
    assert "set-cookie" not in answer.headers
    unsafe = "[style], style, script:not([src]):not([type='application/ld+json'])"
    assert page.locator(unsafe).count() == 0


def test_every_link_leads_somewhere(visit: Any, site: Site) -> None:
    """Follow every link of every page type, once."""
    request = visit("/about/").request
    addresses: dict[str, str] = {}
    for path in ALL.values():
        for href in links_of(request.get(site.address + path).text()):
            target = urljoin(site.address + path, href).split("#")[0]
            # A link within a page leads to where one is, which may be a page that says no.
            if target.startswith(site.address) and target != site.address + path:
                addresses.setdefault(target, path)
    bad = {
        target: (source, status)
        for target, source in addresses.items()
        if (status := request.get(target, max_redirects=3).status) >= 400
    }
    assert len(addresses) > 150
    assert bad == {}


def links_of(html: str) -> list[str]:
    found: list[str] = []
    parser = HTMLParser()
    parser.handle_starttag = lambda tag, attrs: found.extend(  # type: ignore[method-assign]
        value for name, value in attrs if tag == "a" and name == "href" and value
    )
    parser.feed(html)
    return found


@pytest.mark.node
def test_html_is_valid_by_an_independent_validator(visit: Any, site: Site, tmp_path: Path) -> None:
    services.need("html-validate (npm ci in tests/node)", (NODE / "node_modules").exists())
    request = visit("/about/").request
    report = tmp_path / "report.json"
    for name, path in ALL.items():
        text = request.get(site.address + path).text()
        (tmp_path / f"{name.replace(' ', '-')}.html").write_text(text)
    for name, (path, form) in POSTED.items():
        text = request.post(site.address + path, form=form).text()
        (tmp_path / f"{name.replace(' ', '-')}.html").write_text(text)
    found = subprocess.run(
        ["npx", "--no-install", "html-validate", "--config", "htmlvalidate.json",
         "--formatter", f"json={report}", str(tmp_path)],
        cwd=NODE, capture_output=True, text=True, check=False,
    )  # fmt: skip
    results = json.loads(report.read_text())
    errors = [
        f"{result['filePath']}:{message['line']} {message['ruleId']} {message['message']}"
        for result in results
        for message in result["messages"]
        if message["severity"] == 2
    ]
    assert errors == []
    assert found.returncode == 0, found.stderr


@pytest.mark.node
@pytest.mark.slow
@pytest.mark.parametrize("name", ["home", "list", "role"])
def test_lighthouse_finds_nothing_to_mend(site: Site, name: str) -> None:
    """Three scores are facts of the page. The fourth is a time, which on a shared machine says
    how busy that was: `make bench` shows it, and here stands all that it is made from."""
    services.need("Lighthouse (npm ci in tests/node)", lighthouse.is_here())
    services.need("Chromium", services.chromium())
    report = lighthouse.report(site.address + PUBLIC[name])
    scores = lighthouse.scores(report)
    assert {key: scores[key] for key in FACTS} == dict.fromkeys(FACTS, 100)
    audits = report["audits"]
    assert audits["total-byte-weight"]["numericValue"] <= 100_000
    assert audits["cumulative-layout-shift"]["numericValue"] < 0.01
    asked = [one["url"] for one in audits["network-requests"]["details"]["items"]]
    assert 0 < len(asked) <= 8
    assert [url for url in asked if not url.startswith(site.address)] == []
    blocking = audits["render-blocking-insight"].get("details", {}).get("items", [])
    assert [one["url"] for one in blocking if not one["url"].endswith(".css")] == []
    assert len(blocking) <= 1


@pytest.mark.node
def test_openapi_document_is_valid(visit: Any, site: Site, tmp_path: Path) -> None:
    services.need("the OpenAPI validator (npm ci in tests/node)", (NODE / "node_modules").exists())
    document = tmp_path / "openapi.json"
    document.write_text(visit("/about/").request.get(site.address + "/api/v1/openapi.json").text())
    found = subprocess.run(
        ["node", "openapi.mjs", str(document)],
        cwd=NODE,
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stdout + found.stderr


def test_outside_a_browser_the_page_is_whole(site: Site, visit: Callable[..., Any]) -> None:
    """Read as text, without style or script, the role still says everything in order."""
    page = visit("/careers/roles/wind-turbine-technician/", javascript=False)
    assert page.locator("h1").inner_text() == "Wind turbine technician"
    headings = page.locator("main h2").all_inner_texts()
    order = ["What you would do", "A day on the job", "Where and when", "What it takes", "Ways in"]
    assert [heading for heading in headings if heading in order] == order
