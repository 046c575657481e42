"""Coming in by e-mail address and password, and everything typed on the way."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from benchside.accounts.models import User
from benchside.accounts.tasks import forget_unfinished_sign_ups
from benchside.core.models.audit import AuditEvent
from benchside.core.models.mail import OutgoingMail
from tests.factories.people import PASSWORD, person, reauthenticate, sign_in

pytestmark = pytest.mark.django_db
SIGN_UP = {
    "name": "Grace Hopper",
    "email": "grace@example.org",
    "password1": "a long enough sentence",
    "adult": "on",
}


def code_sent() -> str:
    found = re.search(r"\b[A-Z]{4}-[A-Z]{4}\b", OutgoingMail.objects.latest("pk").text)
    assert found
    return found[0]


def test_right_password_signs_in(client: Client) -> None:
    person("tess@example.org")
    answer = client.post("/accounts/login/", {"login": "Tess@Example.org", "password": PASSWORD})
    assert (answer.status_code, answer["Location"]) == (302, "/accounts/")
    assert client.get("/accounts/").status_code == 200


def test_session_ends_with_the_browser_unless_kept(client: Client) -> None:
    person("tess@example.org")
    form = {"login": "tess@example.org", "password": PASSWORD}
    client.post("/accounts/login/", form)
    assert client.cookies["benchside_session"]["max-age"] == ""
    client.post("/accounts/logout/")
    client.post("/accounts/login/", form | {"remember": "on"})
    assert client.cookies["benchside_session"]["max-age"] == 14 * 24 * 60 * 60


def test_wrong_password_keeps_the_address_and_never_the_password(client: Client) -> None:
    person("tess@example.org")
    answer = client.post(
        "/accounts/login/", {"login": "tess@example.org", "password": "not-this-one"}
    )
    page = answer.content.decode()
    assert "<title>Error: Sign in" in page
    assert 'value="tess@example.org"' in page
    assert "not-this-one" not in page


def test_next_leads_on_and_never_away(client: Client) -> None:
    person("tess@example.org")
    form = {"login": "tess@example.org", "password": PASSWORD}
    answer = client.post("/accounts/login/", form | {"next": "/accounts/data/"})
    assert answer["Location"] == "/accounts/data/"
    client.post("/accounts/logout/")
    for away in ("https://evil.example/", "//evil.example", "javascript:alert(1)"):
        answer = client.post("/accounts/login/", form | {"next": away})
        assert answer["Location"] == "/accounts/"
        client.post("/accounts/logout/")


# --- making an account ---------------------------------------------------------------------
def test_sign_up_needs_the_code_before_anything_opens(client: Client) -> None:
    answer = client.post("/accounts/signup/", SIGN_UP)
    assert answer["Location"] == "/accounts/confirm-email/"
    assert client.get("/accounts/")["Location"].startswith("/accounts/login/")
    answer = client.post("/accounts/confirm-email/", {"code": "BBBB-BBBB"})
    assert "not right" in answer.content.decode()
    answer = client.post("/accounts/confirm-email/", {"code": code_sent().lower()})
    assert answer["Location"] == "/accounts/"
    user = User.objects.get(email="grace@example.org")
    assert (user.name, user.is_staff, user.is_superuser) == ("Grace Hopper", False, False)
    assert EmailAddress.objects.get(user=user).verified
    assert AuditEvent.objects.about(user).filter(verb="account.sign_up").exists()


def test_code_is_thrown_away_after_three_wrong_tries(client: Client) -> None:
    client.post("/accounts/signup/", SIGN_UP)
    code = code_sent()
    for _ in range(3):
        client.post("/accounts/confirm-email/", {"code": "BBBB-BBBB"})
    client.post("/accounts/confirm-email/", {"code": code})
    assert not EmailAddress.objects.get(email="grace@example.org").verified


def test_sign_up_is_for_adults_and_says_so_kindly(client: Client) -> None:
    page = client.get("/accounts/signup/").content.decode()
    assert "Under 18? You need no account" in page
    assert 'href="/careers/roles/"' in page
    answer = client.post("/accounts/signup/", {k: v for k, v in SIGN_UP.items() if k != "adult"})
    assert "Accounts are for adults only" in answer.content.decode()
    assert not User.objects.exists()


def test_sign_up_can_be_closed(client: Client, settings) -> None:
    settings.SIGN_UP_OPEN = False
    assert "by invitation" in client.get("/accounts/signup/").content.decode()
    client.post("/accounts/signup/", SIGN_UP)
    assert not User.objects.exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"password1": "short"}, "at least 12"),
        ({"password1": "grace@example.org"}, "too similar"),
        ({"password1": "administrator"}, "too common"),
        ({"email": "no address"}, "valid email"),
        ({"email": "a" * 60 + "@" + "b." * 100 + "org"}, "too long"),
        ({"email": "grace@example.org\x00"}, "Null characters"),
        ({"email": "grace@example.org\nBcc: all@example.org"}, "valid email"),
        ({"email": "somebody@erased.invalid"}, "that mail can reach"),
        ({"name": "Grace\nBcc: all@example.org"}, "plain letters"),
        ({"name": "Grace\u2028Hopper"}, "plain letters"),
        ({"name": "G" * 121}, "at most 120"),
        ({"name": "\x00"}, "Null characters"),
    ],
)
def test_hostile_sign_up_makes_nothing(client: Client, change: dict, says: str | None) -> None:
    answer = client.post("/accounts/signup/", SIGN_UP | change)
    assert answer.status_code == 200
    if says:
        assert says.lower() in answer.content.decode().lower()
    assert not User.objects.exists()
    assert not OutgoingMail.objects.exists()


def test_errors_stand_in_a_summary_that_leads_to_the_fields(client: Client) -> None:
    page = client.post("/accounts/signup/", {"name": "Grace"}).content.decode()
    assert 'role="alert"' in page
    for field in ("id_email", "id_password1", "id_adult"):
        assert f'href="#{field}"' in page
        assert f'id="{field}"' in page
    assert 'aria-invalid="true"' in page
    assert 'value="Grace"' in page


@pytest.mark.parametrize(
    ("address", "field", "autocomplete"),
    [
        ("/accounts/login/", "login", "username"),
        ("/accounts/login/", "password", "current-password"),
        ("/accounts/signup/", "name", "name"),
        ("/accounts/signup/", "email", "email"),
        ("/accounts/signup/", "password1", "new-password"),
        ("/accounts/password/reset/", "email", "email"),
    ],
)
def test_browsers_know_what_to_fill_in(
    client: Client, address: str, field: str, autocomplete: str
) -> None:
    page = client.get(address).content.decode()
    tag = re.search(rf'<input[^>]*name="{field}"[^>]*>', page)
    assert tag
    assert f'autocomplete="{autocomplete}"' in tag[0]
    assert "placeholder" not in tag[0]


def test_sign_up_never_finished_is_forgotten_after_a_week() -> None:
    old = timezone.now() - timedelta(days=8)
    person("never@example.org", verified=False, date_joined=old)
    person("new@example.org", verified=False)
    person("tess@example.org", date_joined=old)
    forget_unfinished_sign_ups.func()
    assert set(User.objects.values_list("email", flat=True)) == {
        "new@example.org",
        "tess@example.org",
    }


# --- changing and forgetting -----------------------------------------------------------------
def test_password_change_ends_other_sessions_and_is_told(client: Client) -> None:
    user = person("tess@example.org")
    other = sign_in(Client(), user)
    sign_in(client, user)
    new = "another long sentence"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", form)
    assert client.get("/accounts/").status_code == 200
    assert other.get("/accounts/").status_code == 302
    assert "your password was changed" in OutgoingMail.objects.latest("pk").text
    assert AuditEvent.objects.about(user).filter(verb="account.change_password").exists()


def test_password_reset_leads_by_our_own_address_whatever_the_host_says(
    client: Client, settings
) -> None:
    settings.ALLOWED_HOSTS = ["*"]
    person("tess@example.org")
    client.post(
        "/accounts/password/reset/", {"email": "tess@example.org"}, HTTP_HOST="evil.example"
    )
    letter = OutgoingMail.objects.get()
    assert "evil.example" not in letter.text + letter.html
    link = re.search(r"http://testserver(/accounts/password/reset/key/\S+)", letter.text)
    assert link
    form = client.get(link[1], follow=True)
    assert "Choose a new password" in form.content.decode()
    new = "another long sentence"
    client.post(form.request["PATH_INFO"], {"password1": new, "password2": new})
    assert User.objects.get(email="tess@example.org").check_password(new)
    assert "run out" in Client().get(link[1], follow=True).content.decode()


@pytest.mark.parametrize("key", ["1-x", "zzzzzzzzzzzzz-x", "1-%00", "0-" + "y" * 3000])
def test_mangled_reset_link_gets_a_kind_page(client: Client, key: str) -> None:
    answer = client.get(f"/accounts/password/reset/key/{key}/", follow=True)
    assert answer.status_code == 200
    assert "run out" in answer.content.decode()


def test_address_changes_after_the_code_and_even_with_a_second_factor(client: Client) -> None:
    from tests.factories.people import give_app

    user = person("tess@example.org")
    give_app(user)
    reauthenticate(sign_in(client, user), user)
    client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    user.refresh_from_db()
    assert user.email == "tess@example.org"
    client.post("/accounts/confirm-email/", {"code": code_sent()})
    user.refresh_from_db()
    assert user.email == "new@example.org"
    told = OutgoingMail.objects.get(name="accounts/security_change")
    assert told.to == ["tess@example.org"]


def test_address_change_asks_who_it_is_first(client: Client) -> None:
    sign_in(client, person("tess@example.org"))
    answer = client.post("/accounts/email/", {"email": "new@example.org", "action_add": ""})
    assert answer["Location"].startswith("/accounts/reauthenticate/")


def test_name_changes_and_is_kept_out_of_the_audit(client: Client) -> None:
    user = person("tess@example.org")
    sign_in(client, user).post("/accounts/name/", {"name": "Tess of the Lab"})
    user.refresh_from_db()
    assert user.name == "Tess of the Lab"
    event = AuditEvent.objects.about(user).get(verb="account.rename")
    assert "Tess" not in str(event.detail)


def test_letters_are_rendered_without_a_visitors_internet_address(client: Client) -> None:
    user = person("tess@example.org")
    sign_in(client, user)
    new = "another long sentence"
    form = {"oldpassword": PASSWORD, "password1": new, "password2": new}
    client.post("/accounts/password/change/", form, REMOTE_ADDR="203.0.113.9")
    letter = OutgoingMail.objects.latest("pk")
    assert "203.0.113.9" not in letter.text + letter.html


def test_no_migration_is_missing() -> None:
    call_command("makemigrations", "accounts", check=True, dry_run=True, verbosity=0)
