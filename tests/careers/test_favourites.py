"""Favourites stay in the browser: kept, shown, cleared, and said kindly when nothing is kept."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

import benchside.careers

SCRIPT = Path(benchside.careers.__file__).parent / "static" / "careers" / "favourites.js"
HERE = "http://benchside.test"
KEY = "benchside.favourites"
PAGE = """<!doctype html><html lang="en-GB"><title>Roles</title>
<a href="/f">Kept <b data-favourites-count hidden></b></a>
<button data-favourite="vet" data-title="Vet nurse" hidden><span>Keep</span></button>
<button data-favourite="lab" data-title="Lab technician" hidden><span>Keep</span></button>
<p role="status" data-favourites-status></p>
<p data-favourites-plain>Needs a script.</p>
<p data-favourites-blocked hidden>Keeps nothing.</p>
<p data-favourites-empty hidden>Empty. <a href="/roles">Look</a></p>
<a data-favourites-compare href="/careers/roles/compare/" hidden>Compare</a>
<button data-favourites-clear hidden>Clear</button>
<ol data-favourites-list hidden>
<li data-favourite-item="lab">Lab</li><li data-favourite-item="vet">Vet</li>
<li data-favourite-item="rail">Rail</li></ol>
<script src="/favourites.js" defer></script>
"""


@pytest.fixture
def open_page(browser: Any) -> Iterator[Callable[..., Any]]:
    context = browser.new_context()

    def answer(route: Any) -> None:
        if route.request.url == f"{HERE}/favourites.js":
            route.fulfill(body=SCRIPT.read_text(), content_type="text/javascript")
        else:
            route.fulfill(body=PAGE, content_type="text/html")

    context.route("**/*", answer)

    def go(init: str = "") -> Any:
        if init:
            context.add_init_script(init)
        page = context.new_page()
        page.problems = []
        page.on("pageerror", lambda error: page.problems.append(str(error)))
        page.goto(HERE)
        return page

    yield go
    context.close()


def stored(page: Any) -> Any:
    return json.loads(page.evaluate(f"localStorage.getItem('{KEY}')") or "null")


def button(page: Any, slug: str) -> Any:
    return page.locator(f"[data-favourite={slug}]")


def items(page: Any) -> list[str]:
    return page.locator("[data-favourite-item]:visible").all_inner_texts()


def test_role_is_kept_and_let_go(open_page: Callable[..., Any]) -> None:
    page = open_page()
    assert page.locator("[data-favourites-empty]").is_visible()
    assert page.locator("[data-favourites-plain]").is_hidden()
    button(page, "vet").click()
    assert button(page, "vet").get_attribute("aria-label") == "Let this role go: Vet nurse"
    assert page.locator("[role=status]").inner_text() == "Vet nurse is on your list."
    assert stored(page) == ["vet"]
    assert items(page) == ["Vet"]
    assert page.locator("[data-favourites-count]").inner_text() == "1"
    button(page, "vet").click()
    assert stored(page) is None
    assert page.locator("[data-favourites-empty]").is_visible()
    assert page.locator("[data-favourites-count]").is_hidden()
    assert page.context.cookies() == []


def test_list_survives_and_stands_in_the_order_it_was_kept(open_page: Callable[..., Any]) -> None:
    page = open_page()
    button(page, "vet").click()
    button(page, "lab").click()
    page.reload()
    assert items(page) == ["Vet", "Lab"]
    link = page.locator("[data-favourites-compare]")
    assert link.get_attribute("href") == "/careers/roles/compare/?role=vet&role=lab"
    assert button(page, "lab").inner_text() == "Let this role go"


def test_clear_forgets_all_and_moves_the_focus(open_page: Callable[..., Any]) -> None:
    page = open_page()
    button(page, "vet").click()
    page.locator("[data-favourites-clear]").click()
    assert page.evaluate("localStorage.length") == 0
    assert items(page) == []
    assert page.evaluate("document.activeElement.textContent") == "Look"
    assert "Nothing is left" in page.locator("[role=status]").inner_text()


def test_other_tab_follows(open_page: Callable[..., Any]) -> None:
    one, other = open_page(), open_page()
    button(one, "vet").click()
    other.locator("[data-favourites-count]:visible").wait_for()
    assert items(other) == ["Vet"]


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "null",
        "7",
        '{"a": 1}',
        '["<img src=x onerror=alert(1)>", 3, null, "vet", "vet"]',
        '"vet"',
    ],
)
def test_what_somebody_else_wrote_there_does_no_harm(
    open_page: Callable[..., Any], broken: str
) -> None:
    page = open_page(
        f"if (!localStorage.length) localStorage.setItem('{KEY}', {json.dumps(broken)})"
    )
    assert page.problems == []
    assert items(page) in ([], ["Vet"])
    assert button(page, "lab").is_visible()


@pytest.mark.parametrize(
    "blocked",
    [
        "Object.defineProperty(window, 'localStorage', {get() { throw new DOMException('no'); }})",
        "Storage.prototype.setItem = Storage.prototype.removeItem = () => { throw new Error(); }",
    ],
)
def test_blocked_storage_is_said_kindly(open_page: Callable[..., Any], blocked: str) -> None:
    page = open_page(blocked)
    assert page.problems == []
    assert page.locator("[data-favourites-blocked]").is_visible()
    assert page.locator("[data-favourites-empty]").is_hidden()
    assert button(page, "vet").is_hidden()
