"""The second lock: a code from an app, recovery codes, and the gate before the desk."""

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from django.test import Client

from benchside.core.models.audit import AuditEvent
from tests.factories.people import (
    PASSWORD,
    TOTP_SECRET,
    administrator,
    give_app,
    person,
    reauthenticate,
    sign_in,
)

pytestmark = pytest.mark.django_db
# RFC 6238, appendix B: at 59 s the eight digits are 94287082, of which the last six count.
AT, CODE = "1970-01-01T00:00:59Z", "287082"


def half_way(client: Client, email: str = "tess@example.org") -> None:
    answer = client.post("/accounts/login/", {"login": email, "password": PASSWORD})
    assert answer["Location"] == "/accounts/2fa/authenticate/"


def test_password_alone_opens_nothing(client: Client) -> None:
    give_app(person("tess@example.org"))
    half_way(client)
    assert client.get("/accounts/").status_code == 302


def test_code_of_the_standard_opens(client: Client) -> None:
    give_app(person("tess@example.org"))
    with time_machine.travel(AT, tick=False):
        half_way(client)
        answer = client.post("/accounts/2fa/authenticate/", {"code": CODE})
        assert answer["Location"] == "/accounts/"


def test_code_works_once(client: Client) -> None:
    give_app(person("tess@example.org"))
    with time_machine.travel(AT, tick=False):
        half_way(client)
        client.post("/accounts/2fa/authenticate/", {"code": CODE})
        client.post("/accounts/logout/")
        half_way(client)
        answer = client.post("/accounts/2fa/authenticate/", {"code": CODE})
    assert "not right" in answer.content.decode()


def test_guessing_codes_ends_after_five(client: Client) -> None:
    give_app(person("tess@example.org"))
    with time_machine.travel(AT, tick=False):
        half_way(client)
        for _ in range(5):
            client.post("/accounts/2fa/authenticate/", {"code": "000000"})
        answer = client.post("/accounts/2fa/authenticate/", {"code": CODE})
    assert "too many tries" in answer.content.decode()


def test_recovery_code_opens_once(client: Client) -> None:
    user = person("tess@example.org")
    give_app(user)
    code = RecoveryCodes.activate(user).get_unused_codes()[0]
    half_way(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 302
    client.post("/accounts/logout/")
    half_way(client)
    assert client.post("/accounts/2fa/authenticate/", {"code": code}).status_code == 200


def test_adding_an_app_gives_recovery_codes_and_is_written_down(
    client: Client, django_capture_on_commit_callbacks
) -> None:
    user = person("tess@example.org")
    reauthenticate(sign_in(client, user), user)
    page = client.get("/accounts/2fa/totp/activate/").content.decode()
    assert "data:" not in page
    assert '<svg xmlns="http://www.w3.org/2000/svg" role="img"' in page
    session = client.session
    session["mfa.totp.secret"] = TOTP_SECRET
    session.save()
    with time_machine.travel(AT, tick=False), django_capture_on_commit_callbacks(execute=True):
        reauthenticate(client, user)
        answer = client.post("/accounts/2fa/totp/activate/", {"code": CODE})
    assert answer["Location"] == "/accounts/2fa/recovery-codes/"
    added = AuditEvent.objects.about(user).filter(verb="account.add_factor")
    assert {event.detail["kind"] for event in added} == {"totp", "recovery_codes"}


def test_secrets_are_sealed_in_the_database() -> None:
    user = person("tess@example.org")
    give_app(user)
    codes = RecoveryCodes.activate(user)
    kept = str(list(Authenticator.objects.values_list("data", flat=True)))
    assert TOTP_SECRET not in kept
    assert codes.instance.data["seed"].startswith("gAAAA")  # a Fernet token


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/2fa/totp/activate/",
        "/accounts/2fa/webauthn/add/",
        "/accounts/2fa/recovery-codes/generate/",
        "/accounts/data/erase/",
    ],
)
def test_what_matters_asks_again_who_it_is(client: Client, address: str) -> None:
    sign_in(client, person("tess@example.org"))
    assert client.get(address)["Location"].startswith("/accounts/reauthenticate/")


# --- the desk --------------------------------------------------------------------------------
def test_desk_opens_only_with_a_second_factor(client: Client) -> None:
    user = administrator(factor=False)
    sign_in(client, user)
    assert client.get("/desk/")["Location"] == "/accounts/second-factor/"
    assert client.get("/desk/pages/")["Location"] == "/accounts/second-factor/"
    assert client.get("/accounts/invitations/")["Location"] == "/accounts/second-factor/"
    assert "Add a second lock" in client.get("/accounts/").content.decode()
    give_app(user)
    assert client.get("/desk/").status_code == 200


def test_recovery_codes_alone_are_no_second_factor(client: Client) -> None:
    user = administrator(factor=False)
    RecoveryCodes.activate(user)
    assert sign_in(client, user).get("/desk/")["Location"] == "/accounts/second-factor/"


def test_rule_can_be_switched_off(client: Client, settings) -> None:
    settings.REQUIRE_SECOND_FACTOR = False
    assert sign_in(client, administrator(factor=False)).get("/desk/").status_code == 200


@pytest.mark.parametrize("path", ["login/", "password_reset/", "password_reset/done/"])
def test_wagtails_own_doors_are_closed(client: Client, path: str) -> None:
    administrator(factor=False)
    form = {"username": "ada@example.org", "password": PASSWORD}
    for answer in (client.get(f"/desk/{path}"), client.post(f"/desk/{path}", form)):
        assert answer.status_code == 302
        assert answer["Location"].startswith("/accounts/")
    assert "_auth_user_id" not in client.session


def test_no_other_form_can_use_the_password(rf) -> None:
    """Wagtail's and Django's forms ask with `username`; nobody is there for them."""
    from django.contrib.auth import authenticate

    person("tess@example.org")
    request = rf.post("/")
    assert authenticate(request, username="tess@example.org", password=PASSWORD) is None
    assert authenticate(request, email="tess@example.org", password=PASSWORD) is not None


def test_technician_is_not_let_into_the_desk(client: Client) -> None:
    user = person("tess@example.org")
    give_app(user)
    assert sign_in(client, user).get("/desk/").status_code in {302, 403}
