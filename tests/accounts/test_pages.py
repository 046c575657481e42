"""Every page of the room: our own templates, nothing inline, never kept; no cookie outside."""

import re
from pathlib import Path

import pytest
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.apps import apps
from django.conf import settings
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from benchside.accounts import adapter
from benchside.core import mail
from tests.factories.people import administrator, give_app, person, reauthenticate, sign_in

pytestmark = pytest.mark.django_db
OUTSIDE = [
    "/accounts/login/",
    "/accounts/signup/",
    "/accounts/password/reset/",
    "/accounts/password/reset/done/",
    "/accounts/password/reset/key/1-x/",
    "/accounts/password/reset/key/done/",
    "/accounts/inactive/",
    "/accounts/erased/",
    "/accounts/demonstration/",
    "/accounts/join/unknown/",
]
INSIDE = [
    "/accounts/",
    "/accounts/name/",
    "/accounts/email/",
    "/accounts/password/change/",
    "/accounts/logout/",
    "/accounts/sessions/",
    "/accounts/data/",
    "/accounts/data/erase/",
    "/accounts/second-factor/",
    "/accounts/invitations/",
    "/accounts/reauthenticate/",
    "/accounts/2fa/",
    "/accounts/2fa/reauthenticate/",
    "/accounts/2fa/totp/deactivate/",
    "/accounts/2fa/recovery-codes/",
    "/accounts/2fa/recovery-codes/generate/",
    "/accounts/2fa/webauthn/",
    "/accounts/2fa/webauthn/add/",
]


@pytest.fixture
def inside(client: Client) -> Client:
    user = administrator()
    RecoveryCodes.activate(user)
    return reauthenticate(sign_in(client, user), user)


def check_page(client: Client, address: str) -> None:
    answer = client.get(address)
    page = answer.content.decode()
    assert "text/html" in answer["Content-Type"]
    assert answer.status_code in {200, 403, 410}, address
    assert '<html lang="en-GB">' in page
    assert page.count("<h1") == 1
    assert '<meta name="robots" content="noindex">' in page
    assert not re.search(r"<script(?![^>]*\ssrc=)", page), "nothing inline"
    assert not re.search(r"\s(style|on\w+)=", page), "nothing inline"
    assert "data:" not in page
    assert "no-store" in answer["Cache-Control"]
    assert "script-src 'self'" in answer["Content-Security-Policy"]
    theirs = [t.name for t in answer.templates if t.name and not is_ours(t.origin.name)]
    assert [name for name in theirs if not name.startswith("django/forms")] == []


def is_ours(origin: str) -> bool:
    return Path(origin).is_relative_to(settings.ROOT / "benchside")


@pytest.mark.parametrize("address", OUTSIDE)
def test_page_for_everybody(client: Client, address: str) -> None:
    check_page(client, address)


@pytest.mark.parametrize("address", INSIDE)
def test_page_of_somebody_signed_in(inside: Client, address: str) -> None:
    check_page(inside, address)


@pytest.mark.parametrize("address", INSIDE)
def test_visitor_is_sent_to_sign_in(client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 302
    assert answer["Location"].startswith(("/accounts/login/", "/"))


def test_page_with_a_qr_code_shows_it_as_markup(client: Client) -> None:
    user = person()
    reauthenticate(sign_in(client, user), user)
    check_page(client, "/accounts/2fa/totp/activate/")


def test_second_step_stands_in_our_sheet(client: Client) -> None:
    user = person()
    give_app(user)
    client.post("/accounts/login/", {"login": user.email, "password": "correct horse battery"})
    check_page(client, "/accounts/2fa/authenticate/")


def test_code_page_stands_in_our_sheet(client: Client) -> None:
    form = {"name": "X", "email": "x@example.org", "password1": "a long enough one", "adult": "on"}
    client.post("/accounts/signup/", form)
    check_page(client, "/accounts/confirm-email/")


def addresses(patterns: list[URLPattern | URLResolver], prefix: str = "") -> set[str]:
    found: set[str] = set()
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            found |= addresses(pattern.url_patterns, prefix + str(pattern.pattern))
        else:
            found.add(prefix + str(pattern.pattern))
    return found


# What makes no page of its own: it answers a form, redirects, or sends a file.
NO_PAGE = {
    "accounts/confirm-email/",
    "accounts/password/set/",
    "accounts/login/code/confirm/",
    "accounts/2fa/authenticate/",
    "accounts/2fa/totp/activate/",
    "accounts/2fa/recovery-codes/download/",
    "accounts/2fa/webauthn/login/",
    "accounts/2fa/webauthn/reauthenticate/",
    "accounts/2fa/webauthn/keys/<int:pk>/remove/",
    "accounts/2fa/webauthn/keys/<int:pk>/edit/",
    "accounts/data/export/",
    "accounts/sessions/end-others/",
    "accounts/sessions/<int:pk>/end/",
    "accounts/invitations/<int:pk>/resend/",
    "accounts/invitations/<int:pk>/revoke/",
    "accounts/join/<str:token>/",
    "accounts/password/reset/key/done/",
    "accounts/^password/reset/key/(?P<uidb36>[0-9A-Za-z]+)-(?P<key>.+)/$",
    "accounts/join/<str:token>/decline/",  # takes a form only
}


def test_no_address_is_left_out() -> None:
    every = {one for one in addresses(get_resolver().url_patterns) if one.startswith("accounts/")}
    tried = {address.lstrip("/") for address in OUTSIDE + INSIDE}
    assert every - tried - NO_PAGE == set()


@pytest.mark.parametrize("address", ["/careers/roles/", "/careers/", "/"])
def test_public_pages_set_no_cookie_even_for_somebody_signed_in(
    client: Client, address: str
) -> None:
    assert not client.get(address).cookies
    sign_in(client, person())
    answer = client.get(address)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_cookies_of_signing_in_are_kept_from_scripts(client: Client) -> None:
    user = person()
    client.get("/accounts/login/")
    client.post("/accounts/login/", {"login": user.email, "password": "correct horse battery"})
    for name in ("benchside_session", "benchside_csrf"):
        assert client.cookies[name]["httponly"]
        assert client.cookies[name]["samesite"] == "Lax"


def test_every_letter_the_library_sends_has_its_folder() -> None:
    account = Path(apps.get_app_config("account").path).parent / "templates"
    sent = {
        str(path.relative_to(account)).removesuffix("_subject.txt")
        for room in ("account", "mfa")
        for path in (account / room / "email").glob("*_subject.txt")
    }
    # Codes instead of passwords, and codes for a new password, are switched off.
    off = {"account/email/login_code", "account/email/password_reset_code"}
    assert sent - off == {*adapter.CHANGES, *adapter.LETTERS}
    ours = {"security_change", "invitation", "second_factor_removed"}
    folders = {*adapter.LETTERS.values(), *(f"accounts/{name}" for name in ours)}
    assert folders == {name for name in mail.message_names() if name.startswith("accounts/")}


def test_every_letter_renders_with_its_sample() -> None:
    for name in mail.message_names():
        if name.startswith("accounts/"):
            letter = mail.render(name, mail.sample(name))
            assert letter.subject
            assert "{{" not in letter.text + letter.html
            assert "None" not in letter.text
