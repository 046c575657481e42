"""The command that makes the first administrator."""

import io

import pytest
from allauth.mfa.models import Authenticator
from django.core.management import CommandError, call_command
from django.test import Client

from benchside.accounts.actions import remove_second_factor
from benchside.accounts.models import User
from benchside.core.actions import Actor, Denied
from benchside.core.models.audit import AuditEvent
from benchside.core.models.mail import OutgoingMail
from tests.factories.people import administrator, person

pytestmark = pytest.mark.django_db
GOOD = "a long enough sentence"


@pytest.fixture(autouse=True)
def _password(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHSIDE_ADMIN_PASSWORD", GOOD)


def run(**options: object) -> str:
    out = io.StringIO()
    call_command("first_admin", stdout=out, **{"email": "ada@example.org"} | options)
    return out.getvalue()


def test_first_administrator_signs_in_at_once(client: Client) -> None:
    said = run(name="Ada")
    assert "/accounts/2fa/" in said
    assert GOOD not in said
    form = {"login": "ada@example.org", "password": GOOD}
    assert client.post("/accounts/login/", form)["Location"] == "/accounts/"
    user = User.objects.get()
    assert (user.name, user.is_superuser, user.is_staff) == ("Ada", True, True)


def test_password_comes_from_standard_input(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BENCHSIDE_ADMIN_PASSWORD")
    monkeypatch.setattr("sys.stdin", io.StringIO("another long sentence\n"))
    run()
    assert User.objects.get().check_password("another long sentence")


def test_second_is_made_only_when_said() -> None:
    administrator()
    with pytest.raises(CommandError, match="--another"):
        run(email="b@example.org")
    run(email="b@example.org", another=True)
    assert User.objects.filter(is_superuser=True).count() == 2


@pytest.mark.parametrize(
    ("options", "says"),
    [
        ({"email": "no address"}, "valid email"),
        ({"email": "tess@example.org"}, "has an account already"),
        ({"email": "TESS@example.org"}, "has an account already"),
    ],
)
def test_wrong_input_makes_nothing(options: dict[str, str], says: str) -> None:
    person("tess@example.org")
    with pytest.raises(CommandError, match=says):
        run(**options)
    assert not User.objects.filter(is_superuser=True).exists()


def test_weak_password_makes_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCHSIDE_ADMIN_PASSWORD", "short")
    with pytest.raises(CommandError, match="at least 12"):
        run()
    assert not User.objects.exists()


# --- somebody who lost device and codes ---------------------------------------------------------
def test_second_lock_is_taken_off_written_down_and_told() -> None:
    user = administrator("tess@example.org")
    call_command("remove_second_factor", "Tess@example.org", stdout=io.StringIO())
    assert not Authenticator.objects.filter(user=user).exists()
    event = AuditEvent.objects.about(user).get()
    assert (event.verb, event.actor_kind) == ("account.remove_second_factor", "system")
    assert OutgoingMail.objects.get().to == ["tess@example.org"]


def test_unknown_address_changes_nothing() -> None:
    administrator()
    with pytest.raises(CommandError, match="no account"):
        call_command("remove_second_factor", "nobody@example.org")
    assert Authenticator.objects.exists()


def test_nobody_signed_in_may_take_it_off() -> None:
    ada = administrator()
    with pytest.raises(Denied):
        remove_second_factor(actor=Actor.of(ada), user=ada)
