"""Nobody learns who has an account: same answers, same letters out, same work."""

import re
from dataclasses import dataclass

import pytest
from django.core.cache import cache
from django.test import Client

from benchside.accounts.models import User
from benchside.core.models.mail import OutgoingMail
from tests.accounts.hashing import Counting
from tests.factories.people import PASSWORD, person

pytestmark = pytest.mark.django_db


@dataclass
class Seen:
    """What an onlooker sees: status, where to, cookies by name, the bytes; and how long."""

    status: int
    location: str
    cookies: set[str]
    body: str
    hashes: int
    letters: int


def ask(address: str, form: dict[str, str], typed: str) -> Seen:
    cache.clear()
    client = Client()
    hashes, letters = Counting.count, OutgoingMail.objects.count()
    answer = client.post(address, form)
    end = client.get(answer["Location"]) if answer.status_code == 302 else answer
    body = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", end.content.decode())
    return Seen(
        answer.status_code,
        answer.headers.get("Location", ""),
        {*answer.cookies, *end.cookies},
        body.replace(typed, "TYPED"),
        Counting.count - hashes,
        OutgoingMail.objects.count() - letters,
    )


def sign_up(email: str) -> Seen:
    form = {"name": "X Y", "email": email, "password1": "a long enough one", "adult": "on"}
    return ask("/accounts/signup/", form, email)


def sign_in(email: str, password: str = "wrong wrong wrong") -> Seen:
    return ask("/accounts/login/", {"login": email, "password": password}, email)


def reset(email: str) -> Seen:
    return ask("/accounts/password/reset/", {"email": email}, email)


@pytest.fixture(autouse=True)
def _people(db: None) -> None:
    person("known@example.org")
    person("unfinished@example.org", verified=False)
    person("closed@example.org", is_active=False)


@pytest.mark.parametrize(
    "email", ["known@example.org", "unfinished@example.org", "closed@example.org"]
)
@pytest.mark.parametrize("door", [sign_up, sign_in, reset])
def test_known_and_unknown_look_the_same(door, email: str) -> None:
    assert door(email) == door("unknown@example.org")


def test_the_comparison_would_see_a_difference() -> None:
    assert sign_in("known@example.org", PASSWORD) != sign_in("unknown@example.org", PASSWORD)


def test_resending_the_code_looks_the_same() -> None:
    def resend(email: str) -> str:
        cache.clear()
        client = Client()
        form = {"name": "X", "email": email, "password1": "a long enough one", "adult": "on"}
        client.post("/accounts/signup/", form)
        cache.clear()
        answer = client.post("/accounts/confirm-email/", {"action": "resend"}, follow=True)
        body = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]+', r"\1", answer.content.decode())
        return body.replace(email, "TYPED")

    assert resend("known@example.org") == resend("unknown@example.org")


def test_sign_up_with_a_known_address_changes_nothing_and_tells_its_owner() -> None:
    before = User.objects.get(email="known@example.org").password
    sign_up("KNOWN@example.org")
    assert User.objects.get(email="known@example.org").password == before
    letter = OutgoingMail.objects.get()
    assert (letter.name, letter.to) == ("accounts/already_registered", ["known@example.org"])


def test_fake_code_page_never_opens() -> None:
    client = Client()
    form = {
        "name": "X",
        "email": "known@example.org",
        "password1": "a long one here",
        "adult": "on",
    }
    client.post("/accounts/signup/", form)
    code = client.session["account_email_verification_code"].get("code", "")
    answer = client.post("/accounts/confirm-email/", {"code": code or "AAAA-AAAA"})
    assert client.get("/accounts/").status_code == 302, answer
