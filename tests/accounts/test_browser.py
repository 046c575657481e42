"""In a real browser, under the strict policy: passkeys, and axe on every page."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests import services
from tests.factories.people import PASSWORD, administrator, person

AXE = Path(__file__).resolve().parent.parent / "node" / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: Any) -> str:
    """Browsers know passkeys on localhost and on no address of numbers."""
    return str(live_server.url).replace("127.0.0.1", "localhost")


@pytest.fixture
def page(browser: Any) -> Iterator[Any]:
    context = browser.new_context(locale="en-GB")
    page = context.new_page()
    blocked: list[str] = []
    page.on("console", lambda m: blocked.append(m.text) if "Content Security" in m.text else None)
    yield page
    context.close()
    assert blocked == []


def give_authenticator(page: Any) -> None:
    """A device with a fingerprint reader, as Chromium plays one."""
    session = page.context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    session.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )


def sign_in(page: Any, site: str, email: str) -> None:
    page.goto(f"{site}/accounts/login/")
    page.fill("#id_login", email)
    page.fill("#id_password", PASSWORD)
    page.click("form.form button")


def add_passkey(page: Any, site: str) -> None:
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    page.fill("#id_password", PASSWORD)
    page.click("form.form button")
    page.click("#passkey-button")
    page.wait_for_url("**/recovery-codes/")


def test_passkey_is_added_and_then_opens_alone(page: Any, site: str) -> None:
    person()
    give_authenticator(page)
    sign_in(page, site, "tess@example.org")
    add_passkey(page, site)
    page.context.clear_cookies()
    page.goto(f"{site}/accounts/login/")
    page.click("#passkey-button")
    page.wait_for_url(f"{site}/accounts/")
    assert "Passkey: My passkey" in page.inner_text("main")


def test_passkey_is_the_second_step_and_opens_the_desk(page: Any, site: str) -> None:
    administrator(factor=False)
    give_authenticator(page)
    sign_in(page, site, "ada@example.org")
    page.goto(f"{site}/desk/")
    assert page.url == f"{site}/accounts/second-factor/"
    add_passkey(page, site)
    page.context.clear_cookies()
    sign_in(page, site, "ada@example.org")
    assert page.url == f"{site}/accounts/2fa/authenticate/"
    page.click("#passkey-button")
    page.wait_for_url(f"{site}/accounts/")
    assert page.goto(f"{site}/desk/").status == 200
    assert page.url == f"{site}/desk/"


def test_no_passkey_there_is_told_in_words(page: Any, site: str) -> None:
    page.goto(f"{site}/accounts/login/")
    assert page.is_hidden("text=No passkey was used")
    page.evaluate("() => { navigator.credentials.get = () => Promise.reject(new Error('none')) }")
    page.click("#passkey-button")
    page.wait_for_selector("text=No passkey was used")


def test_without_javascript_no_passkey_is_offered(browser: Any, site: str) -> None:
    person()
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{site}/accounts/login/")
    assert page.is_hidden("#passkey-button")
    assert page.is_visible("text=Passkeys need a browser that knows them")
    sign_in(page, site, "tess@example.org")
    assert page.url == f"{site}/accounts/"
    context.close()


def violations(page: Any) -> list[str]:
    page.evaluate(AXE.read_text())
    found = page.evaluate(
        "rules => axe.run(document, {runOnly: rules})"
        ".then(r => r.violations.map(v => v.id + ': ' + v.nodes.map(n => n.target).join(', ')))",
        RULES,
    )
    return [f"{page.url} {one}" for one in found]


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_axe_finds_nothing(page: Any, site: str, mode: str) -> None:
    services.need("axe-core (npm ci in tests/node)", AXE.exists())
    administrator(factor=False)
    give_authenticator(page)
    page.set_viewport_size({"width": 320, "height": 800})
    page.emulate_media(color_scheme=mode)
    wrong: list[str] = []

    def look(address: str = "") -> None:
        if address:
            page.goto(f"{site}/accounts/{address}")
        page.wait_for_load_state()  # a form just sent: without its style a page is wider
        wide = page.evaluate("document.documentElement.scrollWidth")
        wrong.extend([f"{page.url} is {wide} px wide"] if wide > 320 else [])
        wrong.extend(violations(page))

    for address in ("login/", "signup/", "password/reset/", "join/unknown/", "inactive/"):
        look(address)
    page.goto(f"{site}/accounts/signup/")
    page.click("form.form button")
    look()
    sign_in(page, site, "ada@example.org")
    look("second-factor/")
    page.goto(f"{site}/accounts/2fa/totp/activate/")
    look()
    page.fill("#id_password", PASSWORD)
    page.click("form.form button")
    look()
    page.goto(f"{site}/accounts/2fa/webauthn/add/")
    look()
    page.click("#passkey-button")
    page.wait_for_url("**/recovery-codes/")
    look()
    page.goto(f"{site}/accounts/invitations/")
    page.fill("#id_email", "grace@example.org")
    page.click("form.form button")
    look()
    inside = ["", "2fa/", "2fa/webauthn/", "sessions/", "email/", "password/change/", "name/"]
    for address in [*inside, "data/", "data/erase/", "logout/"]:
        look(address or "./")
    assert wrong == []
